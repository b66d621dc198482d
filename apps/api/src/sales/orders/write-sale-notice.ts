import { moneyText } from "@yumroad/contract";
import type { Mail, MailContext } from "../../platform/mail/enqueue-mail.ts";
import { saleWords } from "../../words/order-mails.ts";
import { discountText } from "./facts-of-order.ts";
import { addressToSeller } from "./mail-seller.ts";
import { OrderEntity } from "./order.entity.ts";
import type { ItemOfOrder, OrderInFull } from "./queries.ts";

/** Maximum number of notices of free orders that a store gets within a day: anybody can order what is free. */
const FREE_NOTICES_A_DAY = 20;
const DAY_MS = 24 * 60 * 60_000;

type SoldOrder = Pick<OrderInFull, "ref" | "storeId" | "email" | "currency" | "total">;

/** The mail that tells the seller of a sale. None after many free orders within a day. */
export async function writeSaleNotice(
  ctx: MailContext,
  order: SoldOrder,
  items: readonly ItemOfOrder[],
): Promise<Mail[]> {
  const freeOrders = order.total === 0 ? await countFreeOrders(ctx, order) : 0;
  if (freeOrders > FREE_NOTICES_A_DAY) return [];
  const money = (amount: number) => moneyText({ amount, currency: order.currency });
  const words = saleWords({
    buyerEmail: order.email,
    items: items.map(({ name, amount, listAmount }) => ({ name, amount: money(listAmount ?? amount) })),
    discount: discountText(items, order.currency),
    total: money(order.total),
    isFree: order.total === 0,
    isLastOfDay: freeOrders === FREE_NOTICES_A_DAY,
  });
  return addressToSeller(ctx, order, { kind: "sale", words });
}

/** The free orders of a store within the last day, this one included. */
function countFreeOrders({ em, clock }: MailContext, { storeId }: SoldOrder): Promise<number> {
  const paidAt = { $gt: new Date(clock.now() - DAY_MS) };
  return em.count(OrderEntity, { store: storeId, state: "paid", total: 0, paidAt });
}
