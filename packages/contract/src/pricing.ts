import * as z from "zod/mini";
import { fault } from "./faults.ts";
import { currencyRules, Money, priceFault, spelled } from "./money.ts";

/** Who says what a product costs: its seller, or `pay_what_you_want`: its buyer, and the price is the least. */
export const Pricing = z.enum(["fixed", "pay_what_you_want"], fault("pricing_unknown"));
export type Pricing = z.infer<typeof Pricing>;

/** In minor units of the price's currency. */
export const Amount = Money.shape.amount;

/** What a product costs. */
export interface Terms {
  price: Money;
  pricing: Pricing;
  /** The amount that buyers find filled in where they name the price; null: the least. */
  suggestedAmount: number | null;
}

/**
 * What is wrong with the amount that a buyer wants to pay; null: nothing. Where buyers name the price, they pay nothing,
 * or at least twice the least charge (about EUR 1), because tiny amounts are what stolen cards are tested with.
 */
export function amountFault({ price, pricing }: Pick<Terms, "price" | "pricing">, amount: number): string | null {
  const { currency } = price;
  if (pricing === "fixed") return amount === price.amount ? null : fault("price_is_fixed", { price: spelled(price) });
  if (amount < price.amount) return fault("below_least", { least: spelled(price) });
  return priceFault({ amount, currency }, 2 * currencyRules(currency).least);
}

/** What is wrong with a product's terms as a whole, field by field. A suggestion is an amount that a buyer can pay. */
export function termsIssues({ price, pricing, suggestedAmount }: Terms): { path: string[]; message: string }[] {
  if (pricing === "fixed") return suggestedAmount === null ? [] : suggestionIssue(fault("suggestion_of_fixed"));
  const least = amountFault({ price: { ...price, amount: 0 }, pricing }, price.amount);
  if (least !== null) return [{ path: ["price"], message: least }];
  const suggestion = suggestedAmount === null ? null : amountFault({ price, pricing }, suggestedAmount);
  return suggestion === null ? [] : suggestionIssue(suggestion);
}

function suggestionIssue(message: string) {
  return [{ path: ["suggestedAmount"], message }];
}
