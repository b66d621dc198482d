import { describe, expect, test } from "vitest";
import { fault, NewProduct, ProductCard, ProductChange, Slug } from "./index.ts";

const price = { amount: 1999, currency: "EUR" };

describe("a new product", () => {
  test("is published, without a description, unless told otherwise", () => {
    expect(NewProduct.parse({ name: " Notes on type ", price })).toEqual({
      name: "Notes on type",
      description: "",
      price,
      pricing: "fixed",
      suggestedAmount: null,
      status: "published",
    });
    expect(NewProduct.parse({ name: "Notes", price, status: "draft" }).status).toBe("draft");
  });

  test("is not archived from the start", () => {
    expect(NewProduct.safeParse({ name: "Notes", price, status: "archived" }).error?.issues[0]).toMatchObject({
      path: ["status"],
      message: fault("status_of_new"),
    });
  });

  test.each(["slug", "storeId", "store", "id", "createdAt", "__proto__"])("can't bring its own %s", (field) => {
    const body: unknown = JSON.parse(`{"${field}":"x","name":"Notes","price":{"amount":100,"currency":"EUR"}}`);
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
  test.each([
    { name: "Notes" },
    { description: "" },
    { price },
    { pricing: "fixed" },
    { suggestedAmount: null },
    { status: "archived" },
  ])("may be %j alone", (change) => {
    expect(ProductChange.parse(change)).toEqual(change);
  });

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

test("a card shows nothing beside what it names", () => {
  const store = { handle: "ada", name: "Ada" };
  const card = { slug: "notes", name: "Notes", price, pricing: "fixed", status: "published", coverUrl: null, store };
  expect(ProductCard.safeParse(card).success).toBe(true);
  expect(ProductCard.safeParse({ ...card, ownerId: "1" }).success).toBe(false);
  expect(ProductCard.safeParse({ ...card, store: { ...store, ownerEmail: "ada@example.com" } }).success).toBe(false);
});
