import { catalogue } from "./catalogue.ts";

export const priceWords = catalogue({
  price: {
    missing: "Enter a price (0 for free)",
    otherCurrency: (currency: string, typed: string) =>
      `The currency is ${currency}. To use ${typed}, change the currency`,
    negative: "The price can't be negative",
  },
  amount: {
    missing: "Enter an amount",
    otherCurrency: (currency: string) => `The currency is ${currency}`,
    negative: "The amount can't be negative",
  },
  notANumber: (example: string) => `Enter a number, e.g. ${example}`,
  whole: "Use whole amounts",
  decimals: (most: number) => `Use at most ${most} decimals`,
  orThousands: (fault: string, whole: string) => `${fault}; for ${whole}, leave out the point`,
});
