import { type Currency, currencyRules, type DiscountOff, type Money, wholeStepOf } from "@yumroad/contract";

/**
 * What a discount takes off a price, in minor units. Percent are rounded half up to the step of the currency, in favour of
 * the buyer. What is left is nothing, or at least the lowest amount that can be charged: a price that falls below it is
 * raised to it, and never made free, because a discount of 95 % is not meant as a gift.
 */
export function takeOff({ amount: price, currency }: Money, off: DiscountOff): number {
  const taken = off.kind === "percent" ? percentOf(price, off.percent, currency) : amountOff(off.amount, currency);
  if (taken >= price) return price;
  const { least } = currencyRules(currency);
  return price - taken < least ? Math.max(0, price - least) : taken;
}

/** Integers alone: of prices with eight digits, the product stays far below the numbers that a double can't hold. */
function percentOf(price: number, percent: number, currency: Currency): number {
  const step = wholeStepOf(currency);
  const doubled = 2 * price * percent + 100 * step;
  return ((doubled - (doubled % (200 * step))) / (200 * step)) * step;
}

function amountOff(off: Money, currency: Currency): number {
  return off.currency === currency ? off.amount : 0;
}
