import type { Database } from "../../platform/db/database.ts";
import { readInPages } from "../../platform/http/read-in-pages.ts";
import { IS_OF_BUYER } from "../orders/queries.ts";

interface ExportedOrder {
  id: string;
  ref: string;
  number: number | null;
  state: string;
  store: string;
  email: string;
  items: string | null;
  currency: string;
  total: number;
  discount: number;
  refunded: number;
  createdAt: Date;
  paidAt: Date | null;
}

/** Orders for a data export: those of a user as a buyer, or those of a user's store. Holds one page at a time. */
export async function* exportOrders(
  database: Database,
  { buyerId, sellerId }: { buyerId?: string; sellerId?: string },
): AsyncGenerator<object> {
  const whose = buyerId === undefined ? "s.owner_id = ?" : IS_OF_BUYER;
  const ids = buyerId === undefined ? [sellerId ?? ""] : [buyerId, buyerId];
  const rows = readInPages<ExportedOrder>(({ afterId, limit }) =>
    database.read(
      `select o.id as "id", o.ref as "ref", o.number as "number", o.state as "state", s.name as "store",
         o.email as "email", (select min(i.name) from order_items i where i.order_id = o.id) as "items",
         o.currency as "currency", o.total as "total", o.discount_amount as "discount", o.refunded as "refunded", o.created_at as "createdAt",
         o.paid_at as "paidAt"
       from orders o join stores s on s.id = o.store_id
       where ${whose} ${afterId === null ? "" : "and o.id < ?"} order by o.id desc limit ?`,
      [...ids, ...(afterId === null ? [] : [afterId]), limit],
    ),
  );
  for await (const { id: _, currency, total, discount, refunded, items, createdAt, paidAt, ...order } of rows) {
    yield {
      ...order,
      product: items,
      discount: { amount: discount, currency },
      total: { amount: total, currency },
      refunded: { amount: refunded, currency },
      createdAt: createdAt.toISOString(),
      paidAt: paidAt?.toISOString() ?? null,
    };
  }
}
