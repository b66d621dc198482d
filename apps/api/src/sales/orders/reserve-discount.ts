import type { EntityManager } from "../../platform/db/database.ts";
import { readRows } from "../../platform/db/read-rows.ts";
import { Refusal } from "../../platform/http/problem.ts";
import { OrderEntity, type OrderRow } from "./order.entity.ts";

// A discount's `uses` is the number of orders with `usesDiscount`. Both change in one transaction, which has the order's
// row locked: an order is counted once, whatever happens at once.

type UsingOrder = Pick<OrderRow, "id" | "discount" | "emailKey" | "usesDiscount">;

/**
 * Has an order that is about to be paid use its discount. Refused once `maxUses` orders use it, or `perBuyer` orders of
 * the email: the update locks the discount, so that orders which come at once are counted one after the other. The
 * refusal undoes the transaction of `em`.
 */
export async function reserveDiscount(em: EntityManager, order: UsingOrder): Promise<void> {
  if (!order.discount || !(await startUsing(em, order.id))) return;
  const { id } = order.discount;
  const sql = `update discounts set uses = uses + 1 where id = ? and (max_uses is null or uses < max_uses)
    returning per_buyer as "perBuyer"`;
  const [reserved] = await readRows<{ perBuyer: number | null }>(em, sql, [id]);
  if (!reserved) throw new Refusal("discount_used_up");
  if (reserved.perBuyer === null) return;
  const ofBuyer = { discount: id, emailKey: order.emailKey, usesDiscount: true };
  if ((await em.count(OrderEntity, ofBuyer)) > reserved.perBuyer) throw new Refusal("discount_used_up");
}

/** Has an order use its discount whose money has arrived or is under way, beyond `maxUses` as well. */
export async function takeDiscount(em: EntityManager, orderId: string): Promise<void> {
  if (await startUsing(em, orderId)) await count(em, orderId, 1);
}

/** Gives back the use of an order, unless it is paid. */
export async function giveBackDiscount(em: EntityManager, orderId: string): Promise<void> {
  const isUsing = { id: orderId, usesDiscount: true, state: { $ne: "paid" } } as const;
  if ((await em.nativeUpdate(OrderEntity, isUsing, { usesDiscount: false })) > 0) await count(em, orderId, -1);
}

/** True if the order has a discount that it did not use until now. */
async function startUsing(em: EntityManager, orderId: string): Promise<boolean> {
  const isUsable = { id: orderId, usesDiscount: false, discount: { $ne: null } };
  return (await em.nativeUpdate(OrderEntity, isUsable, { usesDiscount: true })) > 0;
}

async function count(em: EntityManager, orderId: string, change: 1 | -1): Promise<void> {
  const sql = "update discounts set uses = uses + ? where id = (select discount_id from orders where id = ?)";
  await em.execute(sql, [change, orderId]);
}
