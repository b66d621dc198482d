/** Draws that are the same for the same seed on every machine. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number;
  /** One of many, the likelier the greater its weight. */
  pick<One>(many: readonly One[], weightOf?: (one: One, place: number) => number): One;
  /** A number of independent events of which `mean` are expected (Poisson). */
  countOf(mean: number): number;
  bytes(count: number): Uint8Array;
}

/** Makes the draws of a seed (mulberry32: short, and random enough for a demo). */
export function createRandom(seed: number): Random {
  let state = seed;
  function next(): number {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  return {
    next,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    pick(many, weightOf = () => 1) {
      const weights = many.map(weightOf);
      let left = next() * weights.reduce((sum, weight) => sum + weight, 0);
      const place = weights.findIndex((weight) => {
        left -= weight;
        return left < 0;
      });
      const one = many.at(place);
      if (one === undefined) throw new Error("There is nothing to pick from");
      return one;
    },
    countOf(mean) {
      const end = Math.exp(-mean);
      let count = 0;
      for (let product = next(); product > end; product *= next()) count += 1;
      return count;
    },
    bytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(next() * 256)),
  };
}
