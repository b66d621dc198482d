import { expect, test } from "vitest";
import { axisTicks, tickWords } from "./axis-ticks.ts";

test.each([
  [12_700, [0, 5000, 10_000, 15_000]],
  [700, [0, 200, 400, 600, 800]],
  [5000, [0, 2000, 4000, 6000]],
  [8000, [0, 2000, 4000, 6000, 8000]],
  [90, [0, 50, 100]],
  [1, [0, 1]],
])("a best day of %d minor units has round ticks", (most, ticks) => {
  expect(axisTicks(most)).toEqual(ticks);
});

test("there are three to five, and the highest is not exceeded", () => {
  for (let most = 2; most < 3000; most += 1) {
    const ticks = axisTicks(most);
    expect(ticks.length).toBeGreaterThanOrEqual(3);
    expect(ticks.length).toBeLessThanOrEqual(5);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(most);
  }
});

test.each([
  [5000, "EUR", "€50"],
  [50, "EUR", "€0.50"],
  [0, "EUR", "€0"],
  [2_000_000, "EUR", "€20K"],
  [5000, "JPY", "¥5,000"],
  [500_000, "HUF", "HUF 5,000"],
] as const)("%d minor units of %s are written as %s", (amount, currency, text) => {
  expect(tickWords({ amount, currency }).replaceAll("\u00a0", " ")).toBe(text);
});
