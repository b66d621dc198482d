import { moneyText } from "@yumroad/contract";
import type { OrderRow } from "./order.entity.ts";

type OrderOfMail = Pick<OrderRow, "email" | "total" | "currency" | "sellerName" | "sellerAddress" | "sellerContact">;

interface WordsOfOrder {
  /** What was ordered, for a subject. */
  name: string;
  /** The lines of the order with their amounts, and the total. */
  rows: (readonly [label: string, amount: string])[];
  /** Who sells, and to whom, for the small print. */
  parties: string[];
}

/** The words in which mails to the buyer repeat an order. */
export function wordsOfOrder(
  order: OrderOfMail,
  items: readonly { readonly name: string; readonly amount: number }[],
): WordsOfOrder {
  const { total, currency, sellerName, sellerAddress, sellerContact } = order;
  const money = (amount: number) => moneyText({ amount, currency });
  const [first] = items;
  return {
    name: items.length === 1 && first ? `“${first.name}”` : "your order",
    rows: [...items.map(({ name, amount }) => [name, money(amount)] as const), ["Total", money(total)]],
    parties: [
      `Sold by ${[sellerName, sellerAddress, sellerContact].filter(Boolean).join("\n")}`,
      `Sold to ${order.email}`,
    ],
  };
}
