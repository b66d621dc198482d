import type { PaymentHealth, StuckReason } from "@yumroad/contract";
import type { EntityManager } from "../../platform/db/database.ts";
import { readRows } from "../../platform/db/read-rows.ts";
import { OrderEntity, type OrderRow } from "../../sales/orders/order.entity.ts";
import { PaymentAttemptEntity } from "../../sales/orders/payment-attempt.entity.ts";
import { MANUAL } from "../../sales/payments/create-manual-provider.ts";

/** Time after which a check that is due counts as overdue: the sweep comes every half minute. */
const OVERDUE_MS = 10 * 60_000;
const WEEK_MS = 7 * 24 * 60 * 60_000;
const MOST_SHOWN = 50;

const IS_IN_TROUBLE = { trouble: { $ne: null } } as const;

/**
 * A payment that is saved as paid while its order is not. Both are saved in one transaction, so this finds what never
 * should be: what a restored backup or a change by hand has left.
 */
const IS_NOT_DELIVERED = { state: "paid", order: { state: { $ne: "paid" }, trouble: null } } as const;

/** A payment of which nobody can tell if it was made: its provider does not know it. */
const IS_NOT_FOUND = { notFoundAt: { $ne: null }, order: { state: { $ne: "paid" } } } as const;

const isOverdue = (now: number) => ({ nextCheckAt: { $lt: new Date(now - OVERDUE_MS) } });

export async function countStuckOrders(em: EntityManager, now: number): Promise<PaymentHealth["counts"]> {
  return {
    notDelivered: await em.count(PaymentAttemptEntity, IS_NOT_DELIVERED),
    overdue: await em.count(OrderEntity, isOverdue(now)),
    notFound: await countNotFound(em),
    inTrouble: await em.count(OrderEntity, IS_IN_TROUBLE),
  };
}

export function countNotFound(em: EntityManager): Promise<number> {
  return em.count(PaymentAttemptEntity, IS_NOT_FOUND);
}

export type StuckRow = Pick<OrderRow, "id" | "ref" | "email" | "createdAt"> & {
  store: { handle: string; name: string };
  reason: StuckReason;
};

/** The newest orders that need somebody, each with its gravest reason. */
export async function listStuckOrders(em: EntityManager, now: number): Promise<StuckRow[]> {
  const newest = { orderBy: { id: "desc" }, limit: MOST_SHOWN, populate: ["store"] } as const;
  const withIds = async (ids: Promise<string[]>) => em.find(OrderEntity, { id: { $in: await ids } }, newest);
  const overdue = await em.find(OrderEntity, isOverdue(now), newest);
  const inTrouble = await em.find(OrderEntity, IS_IN_TROUBLE, newest);
  const notFound = await withIds(findNotFound(em));
  const notDelivered = await withIds(findUndelivered(em));
  const rows = new Map<string, StuckRow>();
  const add = (orders: typeof overdue, reasonOf: (order: OrderRow) => StuckReason | null) => {
    for (const order of orders) {
      const { id, ref, email, createdAt, store } = order;
      const reason = reasonOf(order);
      if (reason) rows.set(id, { id, ref, email, createdAt, store, reason });
    }
  };
  add(overdue, () => "overdue");
  add(notFound, () => "not_found");
  add(notDelivered, () => "not_delivered");
  add(inTrouble, ({ trouble }) => trouble ?? null);
  return [...rows.values()].sort((one, other) => (one.id < other.id ? 1 : -1)).slice(0, MOST_SHOWN);
}

const findUndelivered = (em: EntityManager) => ordersOf(em, IS_NOT_DELIVERED);
const findNotFound = (em: EntityManager) => ordersOf(em, IS_NOT_FOUND);

/** The ids of the orders of the newest attempts of a kind. */
async function ordersOf(em: EntityManager, isOfKind: typeof IS_NOT_DELIVERED | typeof IS_NOT_FOUND): Promise<string[]> {
  const newest = { orderBy: { id: "desc" }, limit: MOST_SHOWN } as const;
  const attempts = await em.find(PaymentAttemptEntity, isOfKind, newest);
  return attempts.map(({ order }) => order.id);
}

/** Orders that were paid through a provider in the last week, and those of them about which a webhook has come. */
export async function countWeekOfPayments(em: EntityManager, now: number): Promise<PaymentHealth["lastWeek"]> {
  const sql = `
    select count(*) as "paid",
      count(case when exists (select 1 from payment_events e where e.order_id = o.id) then 1 end) as "heard"
    from orders o where o.state = 'paid' and o.paid_at >= ? and exists
      (select 1 from payment_attempts a where a.order_id = o.id and a.state = 'paid' and a.provider <> ?)`;
  // Postgres returns counts as text.
  const [row] = await em.execute<{ paid: number | string; heard: number | string }[]>(sql, [
    new Date(now - WEEK_MS),
    MANUAL,
  ]);
  return { paid: Number(row?.paid), heard: Number(row?.heard) };
}

/**
 * Ids of orders that wait for a payment which a provider can tell of; first those that were not delivered, and last those
 * whose payment it did not know, which are not checked by themselves any more.
 */
export async function listWaitingOrders(em: EntityManager, limit: number): Promise<string[]> {
  const sql = `select o.id as "id" from orders o where o.next_check_at is not null and not exists
      (select 1 from payment_attempts a where a.order_id = o.id and a.provider = ?)
    order by o.next_check_at limit ?`;
  const waiting = await readRows<{ id: string }>(em, sql, [MANUAL, limit]);
  const ids = [...(await findUndelivered(em)), ...waiting.map(({ id }) => id), ...(await findNotFound(em))];
  return [...new Set(ids)].slice(0, limit);
}
