import * as z from "zod/mini";

/** Currencies of prices (ISO 4217); the first is the default. */
export const CURRENCIES = [
  "EUR",
  "USD",
  "GBP",
  "CHF",
  "AUD",
  "BRL",
  "CAD",
  "CZK",
  "DKK",
  "HKD",
  "HUF",
  "INR",
  "JPY",
  "KRW",
  "MXN",
  "NOK",
  "NZD",
  "PLN",
  "RON",
  "SEK",
  "SGD",
  "TRY",
  "ZAR",
] as const;
export type Currency = (typeof CURRENCIES)[number];

/** The highest price, in minor units (cents for EUR, yen for JPY). */
export const MAX_AMOUNT = 100_000_000;

/** An amount of money: an integer in minor units of the currency (cents for EUR, yen for JPY), and the currency. */
export const Money = z.strictObject({
  amount: z
    .number("The price has to be a number")
    .check(
      z.refine(Number.isSafeInteger, { error: "The price has to be a whole number of the smallest unit", abort: true }),
      z.gte(0, "The price can't be negative"),
      z.lte(MAX_AMOUNT, "The price is too high"),
    ),
  currency: z.enum(CURRENCIES, "That currency is not one we know"),
});
export type Money = z.infer<typeof Money>;

/** Number of decimals of a currency, as `Intl` has it from ISO 4217: 2 for EUR, 0 for JPY. */
export function minorUnitDigits(currency: Currency): number {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}
