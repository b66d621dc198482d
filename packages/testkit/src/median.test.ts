import { expect, test } from "vitest";
import { median } from "./median.ts";

test.each([
  [[10, 9, 100], 10],
  [[4, 1, 3, 2], 3],
  [[7], 7],
  [[], Number.NaN],
])("the median of %j is %d", (figures, middle) => {
  const asGiven = [...figures];
  expect(median(figures)).toBe(middle);
  expect(figures).toEqual(asGiven);
});
