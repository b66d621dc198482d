import { expect, it } from "vitest";
import { createTextCache } from "./create-text-cache.ts";

it("makes a text once, and forgets what was not asked for the longest when there is too much", () => {
  const made: string[] = [];
  const cache = createTextCache(8);
  const ask = (text: string) =>
    cache(text, () => {
      made.push(text);
      return text.toUpperCase();
    });
  expect(["aa", "bb", "aa", "cc", "aa", "bb"].map(ask)).toEqual(["AA", "BB", "AA", "CC", "AA", "BB"]);
  expect(made).toEqual(["aa", "bb", "cc", "bb"]);
});

it("keeps nothing that is larger than all of it", () => {
  const cache = createTextCache(3);
  expect(cache("aaaa", () => "b")).toBe("b");
  expect(cache("aaaa", () => "c")).toBe("c");
});
