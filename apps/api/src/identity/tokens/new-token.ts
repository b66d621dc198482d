import { randomBytes } from "node:crypto";

const TOKEN_BYTES = 32;

/** A new secret for a link or a key: 256 random bits. The database stores only its hash (`hashOfToken`). */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString("base64url");
}
