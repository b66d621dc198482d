import { expect, it } from "vitest";
import { sampleOf } from "./sample.ts";

it("a sample has so many, each once, the same ones for the same seed and others for another", () => {
  const many = Array.from({ length: 100 }, (_, number) => number);
  const some = sampleOf(many, 10, 1);
  expect(new Set(some).size).toBe(10);
  expect(sampleOf(many, 10, 1)).toEqual(some);
  expect(sampleOf(many, 10, 2)).not.toEqual(some);
  expect(sampleOf(many, 200, 1).toSorted((one, other) => one - other)).toEqual(many);
});
