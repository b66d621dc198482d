/**
 * A generator of numbers in [0, 1) that are the same for the same seed on every machine. A linear congruential
 * generator (Numerical Recipes) is good enough to choose a sample.
 */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A sample of `count` items in random order; the same seed gives the same sample. */
export function sampleOf<One>(many: readonly One[], count: number, seed: number): One[] {
  const random = createRandom(seed);
  const order = many.map((one) => ({ one, place: random() })).sort((one, other) => one.place - other.place);
  return order.slice(0, count).map(({ one }) => one);
}
