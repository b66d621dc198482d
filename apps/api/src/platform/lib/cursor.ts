/** Encodes the last item of a page as a cursor. Opaque to callers, who only hand it back. */
export function encodeCursor(lastId: string): string {
  return Buffer.from(lastId).toString("base64url");
}

/** Decodes a cursor; null for a text that `encodeCursor` never made. */
export function decodeCursor(cursor: string): string | null {
  const id = Buffer.from(cursor, "base64url").toString();
  return /^[0-9a-f-]{36}$/.test(id) ? id : null;
}
