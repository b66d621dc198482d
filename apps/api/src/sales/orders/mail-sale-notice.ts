import { moneyText } from "@yumroad/contract";
import { UserEntity } from "../../identity/users/user.entity.ts";
import { readRows } from "../../platform/db/read-rows.ts";
import { enqueueMail, type MailContext } from "../../platform/mail/enqueue-mail.ts";
import type { OrderRow } from "./order.entity.ts";
import { OrderItemEntity } from "./order-item.entity.ts";

/** Tells the seller of a sale, in the transaction of `ctx.em`. Does nothing for a store whose owner is gone. */
export async function mailSaleNotice(ctx: MailContext, order: OrderRow): Promise<void> {
  const sql = `select owner_id as "ownerId" from stores where id = ?`;
  const [store] = await readRows<{ ownerId: string | null }>(ctx.em, sql, [order.store.id]);
  const owner = store?.ownerId ? await ctx.em.findOne(UserEntity, store.ownerId) : null;
  if (owner === null) return;
  const items = await ctx.em.find(OrderItemEntity, { order: order.id }, { orderBy: { id: "asc" } });
  const money = (amount: number) => moneyText({ amount, currency: order.currency });
  const total = money(order.total);
  await enqueueMail(ctx, {
    kind: "sale",
    to: owner.email,
    subject: `You sold ${items.map(({ name }) => `“${name}”`).join(", ")}`.slice(0, 200),
    heading: order.total === 0 ? "Somebody got your free product" : `You made a sale: ${total}`,
    paragraphs: [`${order.email} has what they bought.`],
    rows: items.map((item) => [item.name, money(item.amount)] as const),
    button: { label: "View sale", path: `/sales/${order.ref}` },
  });
}
