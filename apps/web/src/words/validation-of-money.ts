import type { FaultTexts } from "./validation.ts";

/** Texts of faults in prices, amounts and orders. */
export const moneyFaults: FaultTexts = {
  price_not_a_number: "Enter a number",
  price_negative: "The price can’t be negative",
  price_too_high: ({ most }) => `Enter at most ${most}`,
  price_too_low: ({ least }) => `Enter at least ${least}, or 0 for free`,
  price_decimals: "Use whole amounts",
  price_unchecked: "Check the price and save it before you publish",
  price_is_fixed: ({ price }) => `The price is ${price}`,
  below_least: ({ least }) => `Enter at least ${least}`,
  currency_unknown: "Choose a currency",
  amount_missing: "Enter an amount",
  amount_zero: "Enter an amount above 0",
  amount_above_paid: "That’s more than was paid",
  consent_missing: "Please agree to get access right away",
};
