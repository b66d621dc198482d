import type { Pricing } from "@yumroad/contract";

export const PRICING_WORDS: Record<Pricing, string> = {
  fixed: "Fixed price",
  pay_what_you_want: "Pay what you want",
};
