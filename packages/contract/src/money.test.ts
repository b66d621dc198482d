import { describe, expect, test } from "vitest";
import { CURRENCIES, MAX_AMOUNT, Money, minorUnitDigits } from "./index.ts";

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
