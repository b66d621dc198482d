import { expect, test } from "vitest";
import { parsePrice, priceText } from "./price.ts";

test.each([
  ["19.99", "EUR", 1999],
  ["19,99", "EUR", 1999],
  ["19.9", "EUR", 1990],
  ["19", "EUR", 1900],
  [" 5 ", "USD", 500],
  ["0", "EUR", 0],
  ["0.00", "EUR", 0],
  ["0.29", "EUR", 29],
  ["1.1", "EUR", 110],
  ["8.2", "EUR", 820],
  ["1000000", "EUR", 100_000_000],
  ["500", "JPY", 500],
  [".5", "EUR", 50],
  ["5.", "EUR", 500],
  ["$5", "USD", 500],
  ["19,99 €", "EUR", 1999],
  ["¥500", "JPY", 500],
] as const)("%s %s is %s minor units, exactly", (text, currency, amount) => {
  expect(parsePrice(text, currency)).toEqual({ ok: true, input: { amount, currency } });
});

test.each([
  ["19.999", "EUR", "EUR has at most 2 decimals; for 19999, leave out the point"],
  ["1.2345", "EUR", "EUR has at most 2 decimals"],
  ["19.990", "EUR", "EUR has at most 2 decimals; for 19990, leave out the point"],
  ["1,000", "EUR", "EUR has at most 2 decimals; for 1000, leave out the comma"],
  ["1,000", "JPY", "JPY has no decimals; for 1000, leave out the comma"],
  ["1,000.50", "EUR", "Write the price without anything between the thousands, like 1000"],
  ["1 000", "EUR", "Write the price without anything between the thousands, like 1000"],
  ["$5", "EUR", "$ is not how EUR is written: choose the currency beside the price"],
  [".", "EUR", "Write the price as a number, like 19.99"],
  ["5.5", "JPY", "JPY has no decimals"],
  ["", "EUR", "The price is missing; 0 makes it free"],
  ["NaN", "EUR", "Write the price as a number, like 19.99"],
  ["1e30", "EUR", "Write the price as a number, like 19.99"],
  ["1.2.3", "EUR", "Write the price as a number, like 19.99"],
  ["-1", "EUR", "The price can't be negative"],
  ["1000000.01", "EUR", "The price is too high"],
  ["99999999999999999999", "EUR", "The price is too high"],
] as const)("%j %s is refused: %s", (text, currency, message) => {
  expect(parsePrice(text, currency)).toEqual({ ok: false, issues: [{ path: ["price"], message }] });
});

test.each([
  [1999, "EUR", "19.99"],
  [5, "EUR", "0.05"],
  [0, "EUR", "0.00"],
  [100_000_000, "USD", "1000000.00"],
  [500, "JPY", "500"],
] as const)("%d minor units of %s are written as %s, and read back as the same", (amount, currency, text) => {
  expect(priceText({ amount, currency })).toBe(text);
  expect(parsePrice(text, currency)).toEqual({ ok: true, input: { amount, currency } });
});
