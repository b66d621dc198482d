/**
 * Does some work with each of the items, `width` of them at once: one that takes long holds up none of the others, unless
 * there are `width` of its kind. Resolves when all are done; then rejects if the work of one has failed.
 */
export async function forEachAtOnce<Item>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items.values();
  async function workOn(): Promise<void> {
    for (const item of left) await work(item);
  }
  const all = await Promise.allSettled(Array.from({ length: width }, workOn));
  for (const one of all) if (one.status === "rejected") throw one.reason;
}
