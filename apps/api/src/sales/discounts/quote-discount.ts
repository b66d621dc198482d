import { type Currency, discountKeyOf, type Pricing } from "@yumroad/contract";
import type { Context } from "../../platform/http/context.ts";
import { DiscountEntity } from "./discount.entity.ts";
import { DiscountProductEntity } from "./discount-product.entity.ts";
import { offOf, stateOf } from "./present.ts";
import { takeOff } from "./take-off.ts";

interface QuotedProduct {
  id: string;
  storeId: string;
  priceAmount: number;
  priceCurrency: Currency;
  pricing: Pricing;
}

/** A discount that a product is bought with, and what it takes off the price. */
export interface QuotedDiscount {
  id: string;
  code: string;
  amount: number;
  isUsedUp: boolean;
}

/**
 * Computes the amount that a code takes off a product's price. Null: the code can't be used. The reason is kept from
 * people who guess codes: it is unknown, ended or not begun, it is for other products or another currency, or the product
 * has no fixed price.
 * `frozen`: the discount that the order has already, which stays good for it.
 */
export async function quoteDiscount(
  { em, clock }: Pick<Context, "em" | "clock">,
  { product, code, frozen }: { product: QuotedProduct; code: string; frozen: { id: string; amount: number } | null },
): Promise<QuotedDiscount | null> {
  const discount = await em.findOne(DiscountEntity, { store: product.storeId, codeKey: discountKeyOf(code) });
  if (discount === null) return null;
  const { id, code: written } = discount;
  if (frozen?.id === id) return { id, code: written, amount: frozen.amount, isUsedUp: false };
  const state = stateOf(discount, clock.now());
  if (product.pricing !== "fixed" || state === "scheduled" || state === "ended") return null;
  const which = { discount: id, product: product.id };
  if (discount.isRestricted && (await em.count(DiscountProductEntity, which)) === 0) return null;
  const price = { amount: product.priceAmount, currency: product.priceCurrency };
  const amount = takeOff(price, offOf(discount));
  return amount === 0 ? null : { id, code: written, amount, isUsedUp: state === "used_up" };
}
