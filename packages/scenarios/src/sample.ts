/** Some of many, by a seed: the same ones for the same seed. `count` of them, in an order of their own. */
export function sampleOf<One>(many: readonly One[], count: number, seed: number): One[] {
  let state = seed;
  const next = () => {
    // A linear congruential generator (Numerical Recipes): enough to choose by, and the same everywhere.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state;
  };
  const order = many.map((one) => ({ one, place: next() })).sort((one, other) => one.place - other.place);
  return order.slice(0, count).map(({ one }) => one);
}
