import { amountFault, type CheckoutInput, fault } from "@yumroad/contract";
import { Refusal } from "../../platform/http/problem.ts";
import type { ProductForSale } from "./queries.ts";

interface Seen {
  input: CheckoutInput;
  /** What the code of the input takes off; null: there is none. */
  discount: { amount: number } | null;
}

/**
 * What an order costs: the price that the buyer has seen, or where buyers name it, the amount that they have chosen, less
 * the discount. Who pays has agreed to get access at once.
 */
export function checkTotal(product: ProductForSale, { input, discount }: Seen): { total: number } | Refusal {
  const { pricing, priceAmount, priceCurrency: currency } = product;
  const { seenPrice, seenPricing, hasConsented } = input;
  const isSeen = seenPrice.amount === priceAmount && seenPrice.currency === currency && seenPricing === pricing;
  if (!isSeen) return new Refusal("price_changed");
  const price = input.amount ?? (pricing === "fixed" ? priceAmount : null);
  if (price === null) return refuse("amount", fault("amount_missing"));
  const found = amountFault({ price: { amount: priceAmount, currency }, pricing }, price);
  if (found !== null) return refuse("amount", found);
  const total = price - (discount?.amount ?? 0);
  if (total !== (input.discount?.seenTotal ?? total)) return new Refusal("price_changed");
  return total > 0 && !hasConsented ? refuse("hasConsented", fault("consent_missing")) : { total };
}

function refuse(field: keyof CheckoutInput, message: string): Refusal {
  return new Refusal("invalid_input", { issues: [{ path: [field], message }] });
}
