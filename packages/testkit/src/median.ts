/** The middle value, or the larger of the two middle values; NaN for an empty list. Used to compare durations. */
export function median(figures: readonly number[]): number {
  return figures.toSorted((one, other) => one - other)[Math.floor(figures.length / 2)] ?? Number.NaN;
}
