import { describe, expect, test } from "vitest";
import {
  CURRENCIES,
  MAX_AMOUNT,
  Money,
  minorUnitDigits,
  NewProduct,
  PageQuery,
  ProductCard,
  ProductChange,
  SearchQuery,
  Slug,
  searchWordsOf,
} from "./index.ts";

const price = { amount: 1999, currency: "EUR" };

describe("money", () => {
  test.each([0, 1, 1999, MAX_AMOUNT])("takes an amount of %d", (amount) => {
    expect(Money.parse({ amount, currency: "EUR" })).toEqual({ amount, currency: "EUR" });
  });

  test.each([
    [-1, "The price can't be negative"],
    [19.999, "The price has to be a whole number of the smallest unit"],
    [MAX_AMOUNT + 1, "The price is too high"],
    [1e30, "The price has to be a whole number of the smallest unit"],
    [Number.NaN, "The price has to be a number"],
    [Number.POSITIVE_INFINITY, "The price has to be a number"],
    ["1999", "The price has to be a number"],
    ["", "The price has to be a number"],
    [null, "The price has to be a number"],
    [[1], "The price has to be a number"],
  ])("refuses an amount of %j", (amount, message) => {
    expect(Money.safeParse({ amount, currency: "EUR" }).error?.issues[0]?.message).toBe(message);
  });

  test("knows its currencies by their codes, exactly", () => {
    for (const currency of ["eur", "EURO", "XXX", "", null, "€"]) {
      expect(Money.safeParse({ amount: 1, currency }).success, String(currency)).toBe(false);
    }
    for (const currency of CURRENCIES) expect(Money.safeParse({ amount: 1, currency }).success).toBe(true);
  });

  test("is strict: nothing missing, nothing more", () => {
    expect(Money.safeParse({ amount: 1 }).success).toBe(false);
    expect(Money.safeParse({ ...price, tax: 1 }).success).toBe(false);
    expect(Money.safeParse(1999).success).toBe(false);
  });

  test("has as many decimals as its currency", () => {
    expect([minorUnitDigits("EUR"), minorUnitDigits("JPY"), minorUnitDigits("KRW")]).toEqual([2, 0, 0]);
  });
});

describe("a new product", () => {
  test("is published, without a description, unless told otherwise", () => {
    expect(NewProduct.parse({ name: " Notes on type ", price })).toEqual({
      name: "Notes on type",
      description: "",
      price,
      status: "published",
    });
    expect(NewProduct.parse({ name: "Notes", price, status: "draft" }).status).toBe("draft");
  });

  test("is not archived from the start", () => {
    expect(NewProduct.safeParse({ name: "Notes", price, status: "archived" }).error?.issues[0]).toMatchObject({
      path: ["status"],
      message: "A new product is a draft or published",
    });
  });

  test.each(["slug", "storeId", "store", "id", "createdAt", "__proto__"])("can't bring its own %s", (field) => {
    const body: unknown = JSON.parse(`{"${field}":"x","name":"Notes","price":{"amount":1,"currency":"EUR"}}`);
    expect(NewProduct.safeParse(body).error?.issues[0]).toMatchObject({ code: "unrecognized_keys", keys: [field] });
  });

  test("tells every fault at its field", () => {
    const { error } = NewProduct.safeParse({ name: "abc", description: "a\0", price: { amount: -1, currency: "EUR" } });
    expect(error?.issues.map(({ path }) => path.join("."))).toEqual(["name", "description", "price.amount"]);
  });

  test("has a description of at most 10,000 characters", () => {
    const described = (description: string) => NewProduct.safeParse({ name: "Notes", price, description }).success;
    expect(described("🎉".repeat(10_000))).toBe(true);
    expect(described("x".repeat(10_001))).toBe(false);
  });
});

describe("a change of a product", () => {
  test.each([{ name: "Notes" }, { description: "" }, { price }, { status: "archived" }])(
    "may be %j alone",
    (change) => {
      expect(ProductChange.parse(change)).toEqual(change);
    },
  );

  test.each([{}, { name: undefined }, { slug: "x" }, { name: "abc" }, { status: "gone" }, { price: 1 }, null])(
    "is not %j",
    (change) => {
      expect(ProductChange.safeParse(change).success).toBe(false);
    },
  );
});

test.each([
  ["notes-on-type", true],
  ["a1", true],
  ["x".repeat(80), true],
  ["x".repeat(81), false],
  ["Notes", false],
  ["-notes", false],
  ["notes-", false],
  ["no--tes", false],
  ["", false],
  ["../x", false],
  ["caf\u00e9", false],
  ["a\0", false],
  ["notes\n", false],
])("the slug %j fits: %s", (slug, fits) => {
  expect(Slug.safeParse({ slug }).success).toBe(fits);
});

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

test("a card shows nothing beside what it names", () => {
  const store = { handle: "ada", name: "Ada" };
  const card = { slug: "notes", name: "Notes", price, status: "published", coverUrl: null, store };
  expect(ProductCard.safeParse(card).success).toBe(true);
  expect(ProductCard.safeParse({ ...card, ownerId: "1" }).success).toBe(false);
  expect(ProductCard.safeParse({ ...card, store: { ...store, ownerEmail: "ada@example.com" } }).success).toBe(false);
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
