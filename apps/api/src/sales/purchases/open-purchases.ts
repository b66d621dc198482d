import { LockMode } from "@mikro-orm/core";
import { hashOfToken } from "../../identity/tokens/consume-token.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import { readRows } from "../../platform/db/read-rows.ts";
import type { Context } from "../../platform/http/context.ts";
import { inTransaction } from "../../platform/http/context.ts";
import { giveBrowserKey } from "../orders/give-browser-key.ts";
import { OrderEntity, type OrderRow } from "../orders/order.entity.ts";
import { recordOpening } from "../orders/record-opening.ts";
import { PurchaseLinkEntity } from "./purchase-link.entity.ts";

export const LIFETIME_MS = 60 * 60_000;
/** As many as the cookie of a browser keeps open. */
export const MOST_ORDERS = 20;

/**
 * Opens the newest purchases of an email by a mailed link, which is used up: of each store in turn, paid ones before
 * free ones. Returns their names in this order, and the keys for the browser; null: the link is unknown, was used, or is
 * older than an hour.
 */
export function openPurchases(
  ctx: Pick<Context, "em" | "clock">,
  { token, keyIds }: { token: string; keyIds: readonly string[] },
): Promise<{ refs: string[]; keyIds: string[] } | null> {
  return inTransaction(ctx, async (ctx) => {
    const { em, clock } = ctx;
    const now = clock.now();
    const isGood = { keyHash: hashOfToken(token), usedAt: null, sentAt: { $gt: new Date(now - LIFETIME_MS) } };
    if ((await em.nativeUpdate(PurchaseLinkEntity, isGood, { usedAt: new Date(now) })) === 0) return null;
    const { emailKey } = await em.findOneOrFail(PurchaseLinkEntity, { keyHash: hashOfToken(token) });
    const orders = await lockPurchases(em, emailKey);
    const opened: string[] = [];
    for (const { id: orderId } of orders) {
      await recordOpening(ctx, orderId);
      opened.push(await giveBrowserKey(ctx, { orderId, keyIds }));
    }
    return { refs: orders.map(({ ref }) => ref), keyIds: opened };
  });
}

/**
 * Locks the purchases that are opened, so that a change of an order's email at this moment either hides it here or ends
 * the key that is given here. Anybody can order what is free for an email, and a store can mark orders as paid: neither
 * pushes out what was paid for at other stores.
 */
async function lockPurchases(em: EntityManager, emailKey: string): Promise<OrderRow[]> {
  const sql = `select id, row_number() over (partition by store_id order by is_free, id desc) as turn, is_free
    from (select id, store_id, case when total = 0 then 1 else 0 end as is_free
      from orders where email_key = ? and state = 'paid') purchases
    order by turn, is_free, id desc limit ${MOST_ORDERS}`;
  const ids = (await readRows<{ id: string }>(em, sql, [emailKey])).map(({ id }) => id);
  const stillPaid = { id: { $in: ids }, emailKey, state: "paid" } as const;
  const orders = await em.find(OrderEntity, stillPaid, { lockMode: LockMode.PESSIMISTIC_WRITE });
  return orders.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}
