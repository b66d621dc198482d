import { describe, expect, test } from "vitest";
import { PageQuery, SearchQuery, searchWordsOf } from "./index.ts";

describe("the query of a list", () => {
  test("takes what a page of a list needs", () => {
    expect(SearchQuery.parse({ q: " type ", cursor: "aGVs-bG8_", limit: "100" })).toEqual({
      q: "type",
      cursor: "aGVs-bG8_",
      limit: 100,
    });
    expect(PageQuery.parse({})).toEqual({});
  });

  test("an empty search or cursor counts as absent", () => {
    const { q, cursor } = SearchQuery.parse({ q: "", cursor: "" });
    expect([q, cursor]).toEqual([undefined, undefined]);
    expect(SearchQuery.parse({ q: "   " }).q).toBeUndefined();
  });

  test.each([
    { limit: "0" },
    { limit: "101" },
    { limit: "-1" },
    { limit: "1.5" },
    { limit: "1e1" },
    { limit: "" },
    { limit: " 1" },
    { limit: ["1", "2"] },
    { limit: 1 },
    { cursor: "a b" },
    { cursor: "../" },
    { cursor: "a\n" },
    { cursor: "x".repeat(201) },
    { cursor: ["a", "b"] },
    { q: ["a", "b"] },
    { q: { a: "b" } },
    { q: "a\0" },
    { q: "a\ud800" },
    { q: "x".repeat(101) },
    { page: "2" },
  ])("refuses %j", (query) => {
    expect(SearchQuery.safeParse(query).success).toBe(false);
  });

  test("a list that can't be searched has no q", () => {
    expect(PageQuery.safeParse({ q: "type" }).success).toBe(false);
  });
});

test.each([
  ["  moon  ", "moon"],
  ["moon\0\nlight", "moon light"],
  ["a".repeat(150), "a".repeat(100)],
  [`${"a".repeat(99)}🌙`, "a".repeat(99)],
  ["\ud83c moon", "moon"],
  ["\0", ""],
])("%j can be searched for as %j", (text, words) => {
  expect(searchWordsOf(text)).toBe(words);
  expect(SearchQuery.safeParse({ q: searchWordsOf(text) }).success).toBe(true);
});
