/** A cookie as parsed from a `Set-Cookie` line. */
export interface ParsedCookie {
  name: string;
  value: string;
  path: string | null;
  domain: string | null;
  /** Its `Expires`, in milliseconds since 1970; `null` if absent or not a date. */
  expires: number | null;
  /** Its `Max-Age` in seconds. */
  maxAge: number | null;
  secure: boolean;
  httpOnly: boolean;
  sameSite: "Strict" | "Lax" | "None" | null;
  /** The original line. */
  raw: string;
}

/**
 * Parses one `Set-Cookie` line as a browser does (RFC 6265bis, 5.6). Returns `null` for a line that a browser would
 * drop.
 */
export function parseSetCookie(line: string): ParsedCookie | null {
  const [pair = "", ...attributes] = line.split(";");
  const equals = pair.indexOf("=");
  const name = equals < 0 ? "" : pair.slice(0, equals).trim();
  const value = pair.slice(equals + 1).trim();
  if (name === "" && value === "") return null;

  const cookie: ParsedCookie = {
    name,
    value,
    path: null,
    domain: null,
    expires: null,
    maxAge: null,
    secure: false,
    httpOnly: false,
    sameSite: null,
    raw: line,
  };
  for (const attribute of attributes) readAttribute(cookie, attribute);
  return cookie;
}

function readAttribute(cookie: ParsedCookie, attribute: string): void {
  const equals = attribute.indexOf("=");
  const key = (equals < 0 ? attribute : attribute.slice(0, equals)).trim().toLowerCase();
  const value = equals < 0 ? "" : attribute.slice(equals + 1).trim();
  if (key === "secure") cookie.secure = true;
  if (key === "httponly") cookie.httpOnly = true;
  if (key === "path") cookie.path = value.startsWith("/") ? value : null;
  if (key === "domain") cookie.domain = value.replace(/^\./, "").toLowerCase() || null;
  if (key === "max-age" && /^-?\d+$/.test(value)) cookie.maxAge = Number(value);
  if (key === "expires") cookie.expires = Number.isNaN(Date.parse(value)) ? null : Date.parse(value);
  if (key === "samesite") cookie.sameSite = readSameSite(value);
}

function readSameSite(value: string): ParsedCookie["sameSite"] {
  const known = { strict: "Strict", lax: "Lax", none: "None" } as const;
  return known[value.toLowerCase() as keyof typeof known] ?? null;
}
