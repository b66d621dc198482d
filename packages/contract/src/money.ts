import * as z from "zod/mini";
import { fault } from "./faults.ts";

/**
 * The currencies of prices (ISO 4217), the first being the default: digits of the minor unit, least charge in minor
 * units, and decimals that a price may have if they are fewer than the digits. All as Stripe has them
 * (https://docs.stripe.com/currencies); where Stripe documents no least charge (KRW, TRY, ZAR), about 0.50 USD.
 * `Intl` is not asked for digits: depending on its version, HUF has two or none.
 */
const TABLE = {
  EUR: [2, 50],
  USD: [2, 50],
  GBP: [2, 30],
  CHF: [2, 50],
  AUD: [2, 50],
  BRL: [2, 50],
  CAD: [2, 50],
  CZK: [2, 1500],
  DKK: [2, 250],
  HKD: [2, 400],
  HUF: [2, 17500, 0],
  INR: [2, 50],
  JPY: [0, 50],
  KRW: [0, 800],
  MXN: [2, 1000],
  NOK: [2, 300],
  NZD: [2, 50],
  PLN: [2, 200],
  RON: [2, 200],
  SEK: [2, 300],
  SGD: [2, 50],
  TRY: [2, 3000],
  ZAR: [2, 1000],
} satisfies Record<string, [digits: number, least: number, decimals?: number]>;
export type Currency = keyof typeof TABLE;

export const CURRENCIES = Object.keys(TABLE) as [Currency, ...Currency[]];

/** The highest price, in minor units: payment providers take eight digits. */
export const MAX_AMOUNT = 99_999_999;

interface CurrencyRules {
  /** Digits of the minor unit, in which amounts are stored: 2 for EUR, 0 for JPY. */
  digits: number;
  /** Decimals that a price may have: as many as `digits`, but none for HUF, which is paid out in whole forints. */
  decimals: number;
  /** The lowest price that is not free, in minor units: payment providers charge no less. */
  least: number;
}

export function currencyRules(currency: Currency): CurrencyRules {
  const [digits, least, decimals = digits]: [number, number, number?] = TABLE[currency];
  return { digits, least, decimals };
}

/** An amount of money: an integer in minor units of the currency (cents for EUR, yen for JPY), and the currency. */
export const Money = z.strictObject({
  amount: z
    .number(fault("price_not_a_number"))
    .check(
      z.refine(Number.isSafeInteger, { error: fault("price_not_whole"), abort: true }),
      z.gte(0, fault("price_negative")),
    ),
  currency: z.enum(CURRENCIES, fault("currency_unknown")),
});
export type Money = z.infer<typeof Money>;

/** Money in minor units of a currency that may be none of the shop's: what a provider of payments says. */
export const AnyMoney = z.strictObject({ amount: z.int(), currency: z.string() });
export type AnyMoney = z.infer<typeof AnyMoney>;

/** The step of amounts of a currency, in minor units: 1, or 100 for HUF, which has whole forints alone. */
export function wholeStepOf(currency: Currency): number {
  const { digits, decimals } = currencyRules(currency);
  return 10 ** (digits - decimals);
}

/** Money that a seller can ask for: nothing, or an amount that can be charged. Stored prices may be older than this. */
export const Price = Money.check(
  z.refine((price) => priceFault(price) === null, {
    path: ["amount"],
    error: ({ input }) => priceFault(input as Money),
  }),
);

/** What is wrong with an amount that can be charged or is nothing; null: nothing. `least`: the lowest that is not free. */
export function priceFault({ amount, currency }: Money, least: number = currencyRules(currency).least): string | null {
  const step = wholeStepOf(currency);
  if (amount > MAX_AMOUNT)
    return fault("price_too_high", { most: spelled({ amount: MAX_AMOUNT - (MAX_AMOUNT % step), currency }) });
  if (amount % step !== 0) return fault("price_decimals");
  if (amount > 0 && amount < least) return fault("price_too_low", { least: spelled({ amount: least, currency }) });
  return null;
}

/** Money in a message, the same in every locale: "EUR 1,999.00". */
export function spelled(money: Money): string {
  return moneyText(money).replace(/\B(?=(?:\d{3})+(?:\.|$))/g, ",");
}

/** Decimals with which an amount is written. Without a loss: a stored amount may have fillér. */
export function decimalsOf({ amount, currency }: Money): number {
  const { digits, decimals } = currencyRules(currency);
  return amount % wholeStepOf(currency) === 0 ? decimals : digits;
}

/** Money with its currency, the same in every locale: "EUR 1999.00". For receipts and emails. */
export function moneyText(money: Money): string {
  return `${money.currency} ${amountText(money)}`;
}

/**
 * The text of money that may be in any currency. Of one that is none of the shop's, the digits are not known, so the text
 * says minor units: "AED 1978 (minor units)".
 */
export function anyMoneyText({ amount, currency }: AnyMoney): string {
  const known = CURRENCIES.find((one) => one === currency);
  return known ? moneyText({ amount, currency: known }) : `${currency} ${amount} (minor units)`;
}

/** An amount in the form in which it is typed: "19.99", "500" (yen). */
export function amountText(money: Money): string {
  const { digits } = currencyRules(money.currency);
  const text = String(money.amount).padStart(digits + 1, "0");
  const decimals = decimalsOf(money);
  const whole = text.slice(0, text.length - digits);
  return decimals === 0 ? whole : `${whole}.${text.slice(-decimals)}`;
}
