/** Maximum length of a stored path to return to, in bytes of UTF-8. */
export const NEXT_MAX_BYTES = 2048;

/** Pages about logging in and out: returning to one of them would loop, or log out at once. */
export const ACCOUNT_PAGES = [
  "/login",
  "/signup",
  "/logout",
  "/forgot-password",
  "/reset-password",
  "/verify-email",
  "/undo-email-change",
  "/not-me",
  "/unlock",
] as const;

const NOT_A_PAGE = ["/api", "/healthz", "/readyz"] as const;

// Any origin will do: only leaving it matters. ".invalid" can't exist (RFC 2606).
const SOME_ORIGIN = "https://yumroad.invalid";

const CONTROL_OR_LONE_SURROGATE = /\p{Cc}|\p{Surrogate}/u;
const SLASH_TWIN = /\\|%2f|%5c/i;
const DOT_SEGMENT = /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i;

/**
 * The only check of a page to return to after login, used at writing and at reading. Returns the same text, byte for
 * byte, when it is a page of this site: an absolute path with its query and fragment. Everything else (another site in
 * any spelling, an API address, an account page, an over-long text, a value that is no string) becomes `fallback`.
 * Source: OWASP ASVS 5.0.0, 3.7.2; its test lists the attacks.
 *
 * @example
 * safeNext("/products/new?from=mail#price"); // "/products/new?from=mail#price"
 * safeNext("//evil.example");                // "/"
 */
export function safeNext(candidate: unknown, fallback = "/"): string {
  return isSafeNext(candidate) ? candidate : fallback;
}

/** True for a text that `safeNext` returns unchanged. */
export function isSafeNext(candidate: unknown): candidate is string {
  if (typeof candidate !== "string") return false;
  if (candidate.length > NEXT_MAX_BYTES || new TextEncoder().encode(candidate).length > NEXT_MAX_BYTES) return false;
  // Browsers drop tabs and newlines anywhere in an address and blanks around it: "/\t/evil" is "//evil" to them.
  if (CONTROL_OR_LONE_SURROGATE.test(candidate) || candidate.endsWith(" ")) return false;

  const path = candidate.replace(/[?#].*$/s, "");
  if (!path.startsWith("/") || path.startsWith("//")) return false;
  // Browsers treat a backslash as a slash, and later software may decode an encoded one.
  if (SLASH_TWIN.test(path) || DOT_SEGMENT.test(path)) return false;

  const decodedPath = decodePath(path);
  if (decodedPath === null || CONTROL_OR_LONE_SURROGATE.test(decodedPath)) return false;
  if (decodedPath.startsWith("//") || SLASH_TWIN.test(decodedPath) || DOT_SEGMENT.test(decodedPath)) return false;
  if (isUnder(decodedPath, ACCOUNT_PAGES) || isUnder(decodedPath, NOT_A_PAGE)) return false;

  // Known attacks are handled above; for unknown ones the parser that will follow the address is asked.
  const url = URL.canParse(candidate, SOME_ORIGIN) ? new URL(candidate, SOME_ORIGIN) : null;
  return url !== null && url.origin === SOME_ORIGIN && !url.pathname.startsWith("//");
}

function decodePath(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

/** Compares as the router does: without regard to case, a trailing slash, or doubled slashes. */
function isUnder(path: string, places: readonly string[]): boolean {
  const folded = path.toLowerCase().replace(/\/{2,}/g, "/");
  return places.some((place) => folded === place || folded.startsWith(`${place}/`));
}
