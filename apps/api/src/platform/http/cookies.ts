import { sign, unsign } from "cookie-signature";
import type { CookieOptions } from "express";

const DEVICE_SUFFIX = "-device";
/** The server's own cookies are far shorter. */
const MAX_VALUE_LENGTH = 1024;

/** Names and attributes of cookies at an address: RFC 6265bis, with "__Host-" where the connection is secure. */
export interface CookieSettings {
  sessionName: string;
  deviceName: string;
  /** The attributes for setting and for clearing every cookie. */
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

/** All values of a name in a Cookie header, in order and unchanged. */
export function cookieValues(header: string | undefined, name: string): string[] {
  return cookiePairs(header)
    .filter((pair) => nameOf(pair) === name)
    .map((pair) => pair.slice(pair.indexOf("=") + 1).trim());
}

/** A Cookie header without a name; undefined when nothing else is left. */
export function withoutCookie(header: string, name: string): string | undefined {
  const rest = cookiePairs(header).filter((pair) => nameOf(pair) !== name);
  return rest.length > 0 ? rest.join(";") : undefined;
}

/** The content of a signed cookie, if one of the secrets signed it; null for anything else. */
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

/** A cookie's value, signed with the newest secret, in express-session's format. */
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
