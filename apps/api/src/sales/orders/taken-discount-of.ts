import type { TakenDiscount } from "@yumroad/contract";
import type { OrderInFull } from "./queries.ts";

/** The discount of an order, with its code. Null: nothing was taken off. */
export function takenDiscountOf({
  discountCode,
  discountAmount: amount,
  currency,
}: Pick<OrderInFull, "discountCode" | "discountAmount" | "currency">): TakenDiscount | null {
  return amount === 0 ? null : { code: discountCode ?? "", amount: { amount, currency } };
}
