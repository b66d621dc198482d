import { expect, test } from "vitest";
import { formatMoney, formatPrice } from "./format.ts";

test.each([
  [1999, "EUR", "€19.99"],
  [1900, "EUR", "€19.00"],
  [1900, "JPY", "¥1,900"],
  [199_000, "HUF", "HUF 1,990"],
  [1990, "HUF", "HUF 19.90"],
  [0, "EUR", "Free"],
] as const)(
  "R84: %d minor units of %s are shown as %s, whatever Intl knows of the currency",
  (amount, currency, text) => {
    expect(formatMoney({ amount, currency }).replaceAll("\u00a0", " ")).toBe(text);
  },
);

test.each([
  [500, "fixed", "€5.00"],
  [500, "pay_what_you_want", "€5.00+"],
  [0, "fixed", "Free"],
  [0, "pay_what_you_want", "Pay what you want"],
] as const)("R101: a price of %d, %s, is shown as %s", (amount, pricing, text) => {
  expect(formatPrice({ price: { amount, currency: "EUR" }, pricing })).toBe(text);
});
