import type { Currency } from "@yumroad/contract";
import { describe, expect, it } from "vitest";
import { takeOff } from "./take-off.ts";

const percent = (percent: number) => ({ kind: "percent", percent }) as const;
const amount = (amount: number, currency: Currency = "EUR") =>
  ({ kind: "amount", amount: { amount, currency } }) as const;
const eur = (amount: number) => ({ amount, currency: "EUR" }) as const;
const huf = (amount: number) => ({ amount, currency: "HUF" }) as const;

describe("R131: a discount takes off", () => {
  it.each([
    ["10 % of EUR 19.00", eur(1900), percent(10), 190],
    ["a half cent, in favour of the buyer", eur(1050), percent(5), 53],
    ["less than a half cent not at all", eur(1049), percent(1), 10],
    ["33 % of the highest price, without losing a cent", eur(99_999_999), percent(33), 33_000_000],
    ["10 % of 995 yen", { amount: 995, currency: "JPY" } as const, percent(10), 100],
    ["whole forints alone", huf(123_400), percent(3), 3700],
    ["a half forint, in favour of the buyer", huf(1_015_000), percent(1), 10_200],
    ["an amount", eur(1900), amount(500), 500],
    ["all of a price that is lower than it", eur(300), amount(500), 300],
    ["everything", eur(1900), percent(100), 1900],
    ["nothing in another currency", eur(1900), amount(500, "USD"), 0],
  ])("%s", (_, price, off, taken) => {
    expect(takeOff(price, off)).toBe(taken);
  });

  it.each([
    ["95 % off EUR 5.00 leaves EUR 0.50", eur(500), percent(95), 50],
    ["EUR 4.99 off EUR 5.00 leaves EUR 0.50", eur(500), amount(499), 50],
    ["99 % off HUF 1,000 leaves HUF 175", huf(100_000), percent(99), 17_500],
    ["a price of the least stays as it is", eur(50), percent(50), 50],
  ])("never so much that the rest can't be charged: %s", (_, price, off, left) => {
    expect(price.amount - takeOff(price, off)).toBe(left);
  });
});
