import { type ParsedCookie, parseSetCookie } from "./cookie.ts";
import { isTrustworthy } from "./trustworthy.ts";

export interface StoredCookie extends ParsedCookie {
  path: string;
  /** `null` for a host-only cookie, otherwise the domain whose subdomains receive it too. */
  domain: string | null;
  /** In milliseconds since 1970; `null` for a session cookie. */
  endsAt: number | null;
}

/** Relation of a request to the site that the cookies belong to. */
export interface Sender {
  site: "same-origin" | "same-site" | "cross-site" | "none";
  /** A navigation of a tab, as opposed to one of a frame or a fetch by a page. */
  isTopLevel: boolean;
  isSafeMethod: boolean;
}

/** Among several cookies of one name, the oldest is used. */
export interface CookieJar {
  get(name: string): StoredCookie | undefined;
  /** Adds a cookie. The defaults are `Path=/`, and `Secure` on an https site. */
  set(name: string, value: string, attributes?: Partial<StoredCookie>): void;
  /** Changes the value of a cookie and keeps its attributes. Throws if there is no such cookie. */
  replace(name: string, value: string): void;
  /**
   * Changes one letter or digit in the middle of a cookie's value and keeps its length and alphabet, as an attacker
   * would. Throws if there is no such cookie.
   */
  tamper(name: string): void;
  /** Deletes all cookies of that name. */
  delete(name: string): void;
  clear(): void;
  all(): StoredCookie[];
  /** A copy for `restore`, in this or another client's jar: to replay a cookie that has been deleted since. */
  snapshot(): StoredCookie[];
  restore(snapshot: readonly StoredCookie[]): void;
}

export interface JarOfOneSite extends CookieJar {
  /** Stores the `Set-Cookie` lines of an answer. */
  take(lines: readonly string[], requestPath: string, sender: Sender): void;
  /** The `Cookie` header of a request, or `null` when no cookie is sent with it. */
  header(requestPath: string, sender: Sender): string | null;
}

const LONGEST_MS = 400 * 24 * 60 * 60 * 1000;

/** Keeps the cookies of one site by Chromium's rules. `siteUrl` is the address that users see. */
export function createCookieJar(siteUrl: string, now: () => number): JarOfOneSite {
  const { hostname, protocol } = new URL(siteUrl);
  // Chromium accepts and sends `Secure` cookies over plain http on loopback addresses too.
  const isSecure = isTrustworthy(new URL(siteUrl));
  let cookies = new Map<string, StoredCookie>();
  // A host-only cookie and one with a domain are two cookies, even for the same host (RFC 6265bis, 5.7).
  const keyOf = ({ name, domain, path }: StoredCookie) => [name, domain, path].join(";");
  const isAlive = ({ endsAt }: StoredCookie) => endsAt === null || endsAt > now();
  const all = () => [...cookies.values()].filter(isAlive);

  const get = (name: string) => all().find((cookie) => cookie.name === name);
  const mustGet = (name: string) => {
    const cookie = get(name);
    if (cookie) return cookie;
    const names = all().map((other) => other.name);
    throw new Error(`There is no cookie ${name}, only: ${names.join(", ") || "none"}`);
  };
  const replace = (cookie: StoredCookie, value: string) => void cookies.set(keyOf(cookie), { ...cookie, value });

  return {
    all,
    get,
    set(name, value, attributes = {}) {
      const parsed = parseSetCookie(`${name}=${value}; Path=/${protocol === "https:" ? "; Secure" : ""}`);
      if (!parsed) throw new Error("A cookie needs a name or a value");
      const cookie = { ...parsed, path: "/", endsAt: null, ...attributes };
      cookies.set(keyOf(cookie), cookie);
    },
    replace: (name, value) => replace(mustGet(name), value),
    tamper(name) {
      const cookie = mustGet(name);
      replace(cookie, tampered(cookie.value));
    },
    delete(name) {
      for (const [key, cookie] of cookies) if (cookie.name === name) cookies.delete(key);
    },
    clear: () => cookies.clear(),
    snapshot: () => all().map((cookie) => ({ ...cookie })),
    restore(snapshot) {
      cookies = new Map(snapshot.map((cookie) => [keyOf(cookie), { ...cookie }]));
    },
    take(lines, requestPath, sender) {
      for (const line of lines) {
        const parsed = parseSetCookie(line);
        if (!parsed || !mayBeSet(parsed, { hostname, isSecure, sender })) continue;
        const cookie = {
          ...parsed,
          domain: parsed.domain !== null && isPublicSuffix(parsed.domain) ? null : parsed.domain,
          path: parsed.path ?? defaultPath(requestPath),
          endsAt: endOf(parsed, now()),
        };
        if (isAlive(cookie)) cookies.set(keyOf(cookie), cookie);
        else cookies.delete(keyOf(cookie));
      }
    },
    header(requestPath, sender) {
      const sent = all()
        .filter((cookie) => isUnderPath(requestPath, cookie.path))
        .filter((cookie) => isSecure || !cookie.secure)
        .filter((cookie) => mayBeSentBy(cookie, sender))
        // Longer paths go first (RFC 6265bis, 5.8.3).
        .sort((left, right) => right.path.length - left.path.length);
      return sent.length === 0 ? null : sent.map(({ name, value }) => (name ? `${name}=${value}` : value)).join("; ");
    },
  };
}

/** The middle avoids a prefix at the start and the spare bits at the end of Base64. */
function tampered(value: string): string {
  const places = [...value.matchAll(/%[\da-f]{2}|[a-z\d]/gi)].filter(([found]) => found.length === 1);
  const place = places[Math.floor(places.length / 2)];
  if (!place) throw new Error(`There is no letter or digit to change in “${value}”`);
  const other = place[0] === "a" ? "b" : "a";
  return value.slice(0, place.index) + other + value.slice(place.index + 1);
}

function mayBeSet(
  cookie: ParsedCookie,
  { hostname, isSecure, sender }: { hostname: string; isSecure: boolean; sender: Sender },
): boolean {
  if (cookie.secure && !isSecure) return false;
  if (cookie.domain !== null && !mayBeOfDomain(cookie.domain, hostname)) return false;
  if (cookie.sameSite === "None" && !cookie.secure) return false;
  const name = cookie.name.toLowerCase();
  if (name.startsWith("__secure-") && !cookie.secure) return false;
  if (name.startsWith("__host-") && !(cookie.secure && cookie.path === "/" && cookie.domain === null)) return false;
  // A foreign page's fetch may set `SameSite=None` cookies only.
  return sender.site !== "cross-site" || sender.isTopLevel || cookie.sameSite === "None";
}

function mayBeOfDomain(domain: string, hostname: string): boolean {
  return domain === hostname || (hostname.endsWith(`.${domain}`) && !isPublicSuffix(domain));
}

/**
 * True for a suffix under which different owners register names. A single label stands in for the public suffix list,
 * as do IP addresses.
 */
function isPublicSuffix(domain: string): boolean {
  return !domain.includes(".") || /^[\d.]+$/.test(domain);
}

function mayBeSentBy(cookie: StoredCookie, sender: Sender): boolean {
  if (sender.site !== "cross-site" || cookie.sameSite === "None") return true;
  // Without the attribute a cookie is "Lax". (Chromium's two lenient minutes for such cookies are left out.)
  return cookie.sameSite !== "Strict" && sender.isTopLevel && sender.isSafeMethod;
}

/** The requested expiry, at most 400 days ahead (RFC 6265bis, 5.5). */
function endOf({ maxAge, expires }: ParsedCookie, now: number): number | null {
  const asked = maxAge === null ? expires : maxAge <= 0 ? 0 : now + maxAge * 1000;
  return asked === null ? null : Math.min(asked, now + LONGEST_MS);
}

function defaultPath(requestPath: string): string {
  const path = requestPath.replace(/[?#].*$/s, "");
  const lastSlash = path.lastIndexOf("/");
  return lastSlash <= 0 ? "/" : path.slice(0, lastSlash);
}

function isUnderPath(requestPath: string, cookiePath: string): boolean {
  const path = requestPath.replace(/[?#].*$/s, "");
  if (path === cookiePath) return true;
  return path.startsWith(cookiePath) && (cookiePath.endsWith("/") || path[cookiePath.length] === "/");
}
