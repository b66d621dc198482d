import { type Currency, currencyRules, type Money } from "@yumroad/contract";

const MOST_STEPS = 4;
const ROUND = [1, 2, 5];
const COMPACT_FROM = 10_000;

/** Round amounts at equal distances from zero up to at least `most`: three to five. All in minor units. */
export function axisTicks(most: number): number[] {
  let [power, place] = [1, 0];
  let step = 1;
  while (most / step > MOST_STEPS) {
    place = (place + 1) % ROUND.length;
    if (place === 0) power *= 10;
    step = power * (ROUND[place] ?? 1);
  }
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, index) => index * step);
}

/** An amount at an axis, without the decimals of a whole one: "€50", "€0.50", "€20K". */
export function tickWords({ amount, currency }: Money): string {
  const value = amount / 10 ** currencyRules(currency).digits;
  return new Intl.NumberFormat(undefined, { style: "currency", currency, ...lookOf(value, currency) }).format(value);
}

function lookOf(value: number, currency: Currency): Intl.NumberFormatOptions {
  if (value >= COMPACT_FROM) return { notation: "compact" };
  const decimals = Number.isInteger(value) ? 0 : currencyRules(currency).digits;
  return { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
}
