import { sign, unsign } from "cookie-signature";
import type { CookieOptions } from "express";

const DEVICE_SUFFIX = "-device";
/** Maximum length of a value to verify: the server's own cookies are far shorter. */
const MAX_VALUE_LENGTH = 1024;

/** Names and attributes of this site's cookies (RFC 6265bis). Over HTTPS the names begin with "__Host-". */
export interface CookieSettings {
  sessionName: string;
  deviceName: string;
  /** Attributes with which every cookie is set and cleared. */
  attributes: Pick<CookieOptions, "path" | "httpOnly" | "secure" | "sameSite">;
}

export function cookieSettings(publicUrl: URL): CookieSettings {
  const secure = publicUrl.protocol === "https:";
  const sessionName = secure ? "__Host-yumroad" : "yumroad";
  return {
    sessionName,
    deviceName: `${sessionName}${DEVICE_SUFFIX}`,
    attributes: { path: "/", httpOnly: true, secure, sameSite: "lax" },
  };
}

/** Returns all values that a Cookie header has for a name, in order and unchanged. */
export function cookieValues(header: string | undefined, name: string): string[] {
  return cookiePairs(header)
    .filter((pair) => nameOf(pair) === name)
    .map((pair) => pair.slice(pair.indexOf("=") + 1).trim());
}

/** Removes all cookies of a name from a Cookie header; undefined: no cookie is left. */
export function withoutCookie(header: string, name: string): string | undefined {
  const rest = cookiePairs(header).filter((pair) => nameOf(pair) !== name);
  return rest.length > 0 ? rest.join(";") : undefined;
}

/** Returns the content of a signed cookie. Null: none of the secrets has signed the value. */
export function readSigned(value: string, secrets: readonly string[]): string | null {
  if (value.length > MAX_VALUE_LENGTH) return null;
  const text = decode(value);
  if (!text?.startsWith("s:")) return null;
  for (const secret of secrets) {
    const content = unsign(text.slice(2), secret);
    if (content !== false) return content;
  }
  return null;
}

/** Signs a cookie's content with the newest secret and returns the cookie's value, in express-session's format. */
export function writeSigned(content: string, secrets: readonly string[]): string {
  return `s:${sign(content, secrets[0] ?? "")}`;
}

function cookiePairs(header: string | undefined): string[] {
  return header?.split(";").filter((pair) => pair.trim() !== "") ?? [];
}

function nameOf(pair: string): string {
  const end = pair.indexOf("=");
  return (end === -1 ? pair : pair.slice(0, end)).trim();
}

function decode(value: string): string | null {
  const bare = value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
  try {
    return decodeURIComponent(bare);
  } catch {
    return null;
  }
}
