/** True if `ids` has the id of every row once, and no other. */
export function hasSameIds(ids: readonly string[], rows: readonly { id: string }[]): boolean {
  const wanted = new Set(ids);
  return wanted.size === ids.length && wanted.size === rows.length && rows.every(({ id }) => wanted.has(id));
}
