/**
 * Does some work with each of the items, `width` of them at once: one that takes long holds up none of the others, unless
 * there are `width` of its kind. Resolves when all are done; rejects then if one has failed.
 */
export async function forEachAtOnce<Item>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items.values();
  const failures: unknown[] = [];
  async function workOn(): Promise<void> {
    for (const item of left) await work(item).catch((error: unknown) => failures.push(error));
  }
  await Promise.all(Array.from({ length: width }, workOn));
  if (failures.length > 0) throw failures[0];
}
