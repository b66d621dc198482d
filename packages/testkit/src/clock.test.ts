import { expect, test } from "vitest";
import { createClock, toMilliseconds } from "./clock.ts";

test("stands still until it is told to move", () => {
  const clock = createClock("2030-01-01T00:00:00Z");
  expect(clock.now()).toBe(Date.UTC(2030, 0, 1));
  expect(clock.now()).toBe(clock.now());
});

test.each([
  ["24h", 86_400_000],
  ["30s", 30_000],
  ["7d", 604_800_000],
  ["1.5m", 90_000],
  ["250ms", 250],
  [42, 42],
  ["-1s", -1000],
] as const)("moves by %s", (by, milliseconds) => {
  const clock = createClock("2030-01-01T00:00:00Z");
  clock.advance(by);
  expect(clock.now() - Date.UTC(2030, 0, 1)).toBe(milliseconds);
});

test("refuses words that it does not understand", () => {
  expect(() => createClock("tomorrow")).toThrow("no moment");
  expect(() => toMilliseconds("7 days" as "7d")).toThrow("no length of time");
});
