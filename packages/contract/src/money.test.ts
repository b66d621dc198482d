import { describe, expect, test } from "vitest";
import { amountText, CURRENCIES, type Currency, currencyRules, issueOf, MAX_AMOUNT, Money, Price } from "./index.ts";

const price = { amount: 1999, currency: "EUR" };

/** Stripe's rules (https://docs.stripe.com/currencies, November 2026). */
const STRIPE = {
  zeroDecimal: "BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF".split(" "),
  threeDecimal: "BHD JOD KWD OMR TND".split(" "),
  /** Charged with two decimals, and paid out in whole units. */
  wholeUnitsPaidOut: ["HUF", "TWD"],
  minimumCharge: {
    USD: "0.50",
    AED: "2.00",
    AUD: "0.50",
    BGN: "1.00",
    BRL: "0.50",
    CAD: "0.50",
    CHF: "0.50",
    CZK: "15.00",
    DKK: "2.50",
    EUR: "0.50",
    GBP: "0.30",
    HKD: "4.00",
    HUF: "175.00",
    INR: "0.50",
    JPY: "50",
    MXN: "10.00",
    MYR: "2.00",
    NOK: "3.00",
    NZD: "0.50",
    PLN: "2.00",
    RON: "2.00",
    SEK: "3.00",
    SGD: "0.50",
    THB: "10.00",
  } as Partial<Record<string, string>>,
  digitsOfAmount: 8,
};

describe("money", () => {
  test.each([0, 1, 1999, 100_000_000])("holds an amount of %d", (amount) => {
    expect(Money.parse({ amount, currency: "EUR" })).toEqual({ amount, currency: "EUR" });
  });

  test.each([
    [-1, "The price can't be negative"],
    [19.999, "The price has to be a whole number of the smallest unit"],
    [1e30, "The price has to be a whole number of the smallest unit"],
    [Number.NaN, "The price has to be a number"],
    [Number.POSITIVE_INFINITY, "The price has to be a number"],
    ["1999", "The price has to be a number"],
    ["", "The price has to be a number"],
    [null, "The price has to be a number"],
    [[1], "The price has to be a number"],
  ])("refuses an amount of %j", (amount, message) => {
    const { error } = Price.safeParse({ amount, currency: "EUR" });
    expect(error?.issues.map((issue) => issueOf({ path: [], message: issue.message }).message)).toEqual([message]);
  });

  test("knows its currencies by their codes, exactly", () => {
    for (const currency of ["eur", "EURO", "XXX", "", null, "€", "toString", "__proto__"]) {
      expect(Price.safeParse({ amount: 100, currency }).success, String(currency)).toBe(false);
    }
    for (const currency of CURRENCIES) expect(Money.safeParse({ amount: 1, currency }).success).toBe(true);
  });

  test("is strict: nothing missing, nothing more", () => {
    expect(Money.safeParse({ amount: 1 }).success).toBe(false);
    expect(Money.safeParse({ ...price, tax: 1 }).success).toBe(false);
    expect(Money.safeParse(1999).success).toBe(false);
  });
});

describe("a currency", () => {
  test.each(CURRENCIES)("R84: %s has the digits with which Stripe charges it", (currency) => {
    const digits = STRIPE.zeroDecimal.includes(currency) ? 0 : STRIPE.threeDecimal.includes(currency) ? 3 : 2;
    expect(currencyRules(currency).digits).toBe(digits);
    expect(currencyRules(currency).decimals).toBe(STRIPE.wholeUnitsPaidOut.includes(currency) ? 0 : digits);
  });

  test("R84: has the least charge that Stripe documents", () => {
    const documented = CURRENCIES.filter((currency) => STRIPE.minimumCharge[currency] !== undefined);
    expect(CURRENCIES.filter((currency) => !documented.includes(currency))).toEqual(["KRW", "TRY", "ZAR"]);
    for (const currency of documented) {
      const { least } = currencyRules(currency);
      const expected = Number(STRIPE.minimumCharge[currency]?.replace(".", ""));
      expect(least, currency).toBe(expected);
    }
    expect(String(MAX_AMOUNT)).toBe("9".repeat(STRIPE.digitsOfAmount));
  });
});

describe("a price", () => {
  test.each([
    [0, "EUR"],
    [50, "EUR"],
    [MAX_AMOUNT, "EUR"],
    [30, "GBP"],
    [50, "JPY"],
    [MAX_AMOUNT, "JPY"],
    [17_500, "HUF"],
    [99_999_900, "HUF"],
  ] as const)("may be %d %s", (amount, currency) => {
    expect(Price.parse({ amount, currency })).toEqual({ amount, currency });
  });

  test.each([
    [1, "EUR", "Enter at least EUR 0.50, or 0 for free"],
    [49, "EUR", "Enter at least EUR 0.50, or 0 for free"],
    [49, "JPY", "Enter at least JPY 50, or 0 for free"],
    [17_400, "HUF", "Enter at least HUF 175, or 0 for free"],
    [199_050, "HUF", "Enter whole forints, without decimals"],
    [MAX_AMOUNT + 1, "EUR", "Enter at most EUR 999,999.99"],
    [MAX_AMOUNT + 1, "JPY", "Enter at most JPY 99,999,999"],
    [MAX_AMOUNT + 1, "HUF", "Enter at most HUF 999,999"],
  ] as const)("R84: is not %d %s", (amount, currency, message) => {
    const { error } = Price.safeParse({ amount, currency });
    expect(error?.issues.map((issue) => issueOf({ path: ["amount"], message: issue.message }))).toMatchObject([
      { message },
    ]);
    expect(error?.issues[0]?.path).toEqual(["amount"]);
  });

  test.each([
    [1999, "EUR", "19.99"],
    [5, "EUR", "0.05"],
    [0, "EUR", "0.00"],
    [MAX_AMOUNT, "USD", "999999.99"],
    [500, "JPY", "500"],
    [199_000, "HUF", "1990"],
    [1990, "HUF", "19.90"],
    [0, "HUF", "0"],
  ] satisfies [number, Currency, string][])("%d minor units of %s are written as %s", (amount, currency, text) => {
    expect(amountText({ amount, currency })).toBe(text);
  });
});
