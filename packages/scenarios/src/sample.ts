/**
 * A generator of numbers in [0, 1), the same ones for the same seed, everywhere: a linear congruential one (Numerical
 * Recipes), enough to choose by.
 */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Some of many, by a seed: the same ones for the same seed. `count` of them, in an order of their own. */
export function sampleOf<One>(many: readonly One[], count: number, seed: number): One[] {
  const random = createRandom(seed);
  const order = many.map((one) => ({ one, place: random() })).sort((one, other) => one.place - other.place);
  return order.slice(0, count).map(({ one }) => one);
}
