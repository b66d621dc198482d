/** The middle one of some figures by size, the larger one of two middles; NaN of none. What times are compared by. */
export function median(figures: readonly number[]): number {
  return figures.toSorted((one, other) => one - other)[Math.floor(figures.length / 2)] ?? Number.NaN;
}
