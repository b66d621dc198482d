import { moneyText } from "@yumroad/contract";
import type { OrderOfMail } from "../../words/order-mails.ts";
import type { OrderRow } from "./order.entity.ts";

type OrderFacts = Pick<
  OrderRow,
  "ref" | "email" | "total" | "currency" | "sellerName" | "sellerAddress" | "sellerContact"
>;

/** The facts of an order that mails to the buyer repeat. */
export function factsOfOrder(
  { ref, email, total, currency, sellerName, sellerAddress, sellerContact }: OrderFacts,
  items: readonly { readonly name: string; readonly amount: number }[],
): OrderOfMail {
  const money = (amount: number) => moneyText({ amount, currency });
  return {
    ...{ ref, email, sellerName, sellerAddress, sellerContact },
    items: items.map(({ name, amount }) => ({ name, amount: money(amount) })),
    total: money(total),
  };
}
