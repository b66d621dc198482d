import { amountText, type FieldFault, MAX_AMOUNT, readFault } from "@yumroad/contract";
import { expect, test } from "vitest";
import { validationWords } from "../../words/validation.ts";
import { moneyFaults } from "../../words/validation-of-money.ts";
import { parsePrice } from "./price.ts";

function inWords({ message }: FieldFault): string {
  const fault = readFault(message);
  return fault === null ? message : validationWords.textOf(fault, moneyFaults, message);
}

test.each([
  ["19.99", "EUR", 1999],
  ["19,99", "EUR", 1999],
  ["19.9", "EUR", 1990],
  ["19", "EUR", 1900],
  [" 5 ", "USD", 500],
  ["0", "EUR", 0],
  ["-0", "EUR", 0],
  ["0.00", "EUR", 0],
  ["1.1", "EUR", 110],
  ["8.2", "EUR", 820],
  ["999999.99", "EUR", MAX_AMOUNT],
  ["500", "JPY", 500],
  [".5", "EUR", 50],
  ["5.", "EUR", 500],
  // Thousands
  ["1,000", "EUR", 100_000],
  ["1,000", "JPY", 1000],
  ["12,345,678", "JPY", 12_345_678],
  ["1.000.000", "JPY", 1_000_000],
  ["1,000.50", "EUR", 100_050],
  ["1.000,50", "EUR", 100_050],
  ["1 000", "EUR", 100_000],
  ["1\u202f000,50", "EUR", 100_050],
  ["1’000.50", "CHF", 100_050],
  // The currency
  ["$5", "USD", 500],
  ["$5", "CAD", 500],
  ["US$ 5", "USD", 500],
  ["$5 USD", "USD", 500],
  ["19,99 €", "EUR", 1999],
  ["€.50", "EUR", 50],
  ["€5", "EUR", 500],
  ["5 EUR", "EUR", 500],
  ["eur 5", "EUR", 500],
  ["5 euros", "EUR", 500],
  ["¥500", "JPY", 500],
  ["5 kr.", "DKK", 500],
  ["kr. 5", "NOK", 500],
  ["1 990 Ft", "HUF", 199_000],
  ["1990.00", "HUF", 199_000],
] as const)("R84: %j %s is %s minor units, exactly", (text, currency, amount) => {
  expect(parsePrice(text, currency)).toEqual({ ok: true, input: { amount, currency } });
});

const NUMBER = "Enter a number, e.g. 19.99";

test.each([
  ["19.999", "EUR", "Use at most 2 decimals; for 19999, leave out the point"],
  ["1.000", "EUR", "Use at most 2 decimals; for 1000, leave out the point"],
  ["1.990", "HUF", "Use whole amounts; for 1990, leave out the point"],
  ["1.2345", "EUR", "Use at most 2 decimals"],
  ["0,500", "EUR", "Use at most 2 decimals"],
  ["1000,000", "EUR", "Use at most 2 decimals"],
  ["1,000.505", "EUR", "Use at most 2 decimals"],
  ["5.5", "JPY", "Use whole amounts"],
  ["1990.50", "HUF", "Use whole amounts"],
  ["$5", "EUR", "The currency is EUR. To use $, change the currency"],
  ["5 usd", "EUR", "The currency is EUR. To use usd, change the currency"],
  ["5 EUR USD", "EUR", NUMBER],
  ["$5 EUR", "EUR", "The currency is EUR. To use $, change the currency"],
  ["5 apples", "EUR", NUMBER],
  ["1990 pieces", "HUF", "Enter a number, e.g. 1990"],
  ["", "EUR", "Enter a price (0 for free)"],
  [".", "EUR", NUMBER],
  ["€", "EUR", NUMBER],
  ["NaN", "EUR", NUMBER],
  ["1e30", "EUR", NUMBER],
  ["0x10", "EUR", NUMBER],
  ["1.2.3", "EUR", NUMBER],
  ["1,00,000", "EUR", NUMBER],
  ["1,000,50", "EUR", NUMBER],
  ["1 000,000.50", "EUR", NUMBER],
  ["1 00", "EUR", NUMBER],
  ["１９", "EUR", NUMBER],
  ["٥", "EUR", NUMBER],
  ["5".repeat(50), "EUR", NUMBER],
  ["-1", "EUR", "The price can't be negative"],
  ["−1", "EUR", "The price can't be negative"],
  ["-€1", "EUR", "The price can't be negative"],
  ["0.49", "EUR", "Enter at least EUR 0.50, or 0 for free"],
  ["1000000", "EUR", "Enter at most EUR 999,999.99"],
  ["99999999999999999999", "EUR", "Enter at most EUR 999,999.99"],
] as const)("R84: %j %s is refused: %s", (text, currency, message) => {
  const parsed = parsePrice(text, currency);
  expect(parsed.ok ? [] : parsed.issues.map(({ path }) => path)).toEqual([["price"]]);
  expect(parsed.ok ? [] : parsed.issues.map(inWords)).toEqual([message]);
});

test.each([
  [1999, "EUR"],
  [0, "EUR"],
  [MAX_AMOUNT, "USD"],
  [500, "JPY"],
  [199_000, "HUF"],
] as const)("%d minor units of %s are read back as they are written", (amount, currency) => {
  expect(parsePrice(amountText({ amount, currency }), currency)).toEqual({ ok: true, input: { amount, currency } });
});
