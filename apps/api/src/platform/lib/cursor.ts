/** Encodes the id of a page's last item as a cursor, which clients send back without reading it. */
export function encodeCursor(lastId: string): string {
  return Buffer.from(lastId).toString("base64url");
}

/** Returns the id in a cursor; null for a text that `encodeCursor` can't have made. */
export function decodeCursor(cursor: string): string | null {
  const id = Buffer.from(cursor, "base64url").toString();
  return /^[0-9a-f-]{36}$/.test(id) ? id : null;
}
