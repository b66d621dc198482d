import { type Currency, moneyText } from "@yumroad/contract";
import type { OrderOfMail } from "../../words/order-mails.ts";
import type { OrderRow } from "./order.entity.ts";
import type { ItemOfOrder } from "./queries.ts";

type OrderFacts = Pick<
  OrderRow,
  "ref" | "email" | "total" | "currency" | "sellerName" | "sellerAddress" | "sellerContact" | "merchantOfRecord"
>;

type PricedItem = Pick<ItemOfOrder, "name" | "amount"> & { listAmount?: number | null | undefined };

/** What a discount has taken off, as mails write it; null: there was none. */
export function discountText(items: readonly PricedItem[], currency: Currency): string | null {
  const taken = items.reduce((sum, { amount, listAmount }) => sum + (listAmount ?? amount) - amount, 0);
  return taken === 0 ? null : `−${moneyText({ amount: taken, currency })}`;
}

/** The facts of an order that mails to the buyer repeat. */
export function factsOfOrder(
  { ref, email, total, currency, sellerName, sellerAddress, sellerContact, merchantOfRecord }: OrderFacts,
  items: readonly PricedItem[],
): OrderOfMail {
  const money = (amount: number) => moneyText({ amount, currency });
  return {
    ...{ ref, email, sellerName, sellerAddress, sellerContact, merchantOfRecord: merchantOfRecord ?? null },
    items: items.map(({ name, amount, listAmount }) => ({ name, amount: money(listAmount ?? amount) })),
    discount: discountText(items, currency),
    total: money(total),
  };
}
