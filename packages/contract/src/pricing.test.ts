import { describe, expect, test } from "vitest";
import { amountFault, type Currency, issueOf, MAX_AMOUNT, NewProduct, ProductChange } from "./index.ts";

const named = (amount: number, currency: Currency = "EUR") =>
  ({ pricing: "pay_what_you_want", price: { amount, currency } }) as const;

describe("a product whose price buyers name", () => {
  const product = (least: number, suggestedAmount: number | null = null, currency: Currency = "EUR") =>
    NewProduct.safeParse({ name: "Notes", ...named(least, currency), suggestedAmount });

  test.each([
    [0, null, "EUR"],
    [0, 100, "EUR"],
    [100, null, "EUR"],
    [500, 500, "EUR"],
    [500, MAX_AMOUNT, "EUR"],
    [100, null, "JPY"],
    [35_000, 50_000, "HUF"],
  ] as const)("may have a least price of %d, and a suggestion of %j, in %s", (least, suggestion, currency) => {
    expect(product(least, suggestion, currency).success).toBe(true);
  });

  test.each([
    [99, null, "EUR", "price", "Enter at least EUR 1.00, or 0 for free"],
    [99, null, "JPY", "price", "Enter at least JPY 100, or 0 for free"],
    [500, 499, "EUR", "suggestedAmount", "The least is EUR 5.00"],
    [0, 99, "EUR", "suggestedAmount", "Enter at least EUR 1.00, or 0 for free"],
    [500, MAX_AMOUNT + 1, "EUR", "suggestedAmount", "Enter at most EUR 999,999.99"],
    [35_000, 50_050, "HUF", "suggestedAmount", "Enter whole forints, without decimals"],
  ] as const)(
    "R101: with %d, a suggestion of %j and %s is wrong in its %s",
    (least, suggestion, currency, field, message) => {
      const issues = product(least, suggestion, currency).error?.issues ?? [];
      expect(issues.map(({ path }) => path)).toEqual([[field]]);
      expect(issues.map((issue) => issueOf({ path: [], message: issue.message }).message)).toEqual([message]);
    },
  );

  test.each(["٥٠٠", "5e2", -1, 5.5, 1e30, Number.NaN, true])("has no suggestion like %j", (suggestedAmount) => {
    expect(ProductChange.safeParse({ suggestedAmount }).error?.issues[0]?.path).toEqual(["suggestedAmount"]);
  });
});

test("R101: a fixed price has no suggestion", () => {
  const { error } = NewProduct.safeParse({
    name: "Notes",
    price: { amount: 500, currency: "EUR" },
    suggestedAmount: 700,
  });
  expect(error?.issues).toMatchObject([{ path: ["suggestedAmount"] }]);
});

test.each([
  [named(500), 500, null],
  [named(500), 499, "The least is EUR 5.00"],
  [named(500), 0, "The least is EUR 5.00"],
  [named(500), MAX_AMOUNT + 1, "Enter at most EUR 999,999.99"],
  [named(0), 0, null],
  [named(0), 100, null],
  [named(0), 99, "Enter at least EUR 1.00, or 0 for free"],
  [named(500, "JPY"), 501, null],
  [named(35_000, "HUF"), 50_050, "Enter whole forints, without decimals"],
  [{ ...named(500), pricing: "fixed" }, 500, null],
  [{ ...named(500), pricing: "fixed" }, 501, "The price is EUR 5.00"],
] as const)("R101: of %j, a buyer who pays %d is told: %j", (terms, amount, words) => {
  const found = amountFault(terms, amount);
  expect(found && issueOf({ path: [], message: found }).message).toBe(words);
});
