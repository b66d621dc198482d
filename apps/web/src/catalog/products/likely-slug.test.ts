import { expect, it } from "vitest";
import { likelySlug } from "./likely-slug.ts";

it("is what an address can hold of a name", () => {
  expect(likelySlug(" Crème brûlée, 2nd edition! ")).toBe("creme-brulee-2nd-edition");
});

it("is made of the beginning of what is far too long for a name", () => {
  expect(likelySlug(`a${"\u0301\u0323".repeat(50_000)}b`)).toBe("a");
});
