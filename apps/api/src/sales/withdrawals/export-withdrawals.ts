import type { Database } from "../../platform/db/database.ts";
import { readInPages } from "../../platform/http/read-in-pages.ts";
import { IS_OF_BUYER } from "../orders/queries.ts";

interface ExportedWithdrawal {
  id: string;
  ref: string;
  order: string;
  name: string;
  contact: string;
  statement: string;
  outcome: string | null;
  receivedAt: Date;
  acknowledgedAt: Date | null;
}

/** Statements for a data export: about orders of a user as a buyer, or about those of a user's store. */
export async function* exportWithdrawals(
  database: Database,
  { buyerId, sellerId }: { buyerId?: string; sellerId?: string },
): AsyncGenerator<object> {
  const whose = buyerId === undefined ? "s.owner_id = ?" : IS_OF_BUYER;
  const ids = buyerId === undefined ? [sellerId ?? ""] : [buyerId, buyerId];
  const rows = readInPages<ExportedWithdrawal>(({ afterId, limit }) =>
    database.read(
      `select w.id as "id", w.ref as "ref", o.ref as "order", w.name as "name", w.contact as "contact",
         w.statement as "statement", w.outcome as "outcome", w.received_at as "receivedAt",
         w.acknowledged_at as "acknowledgedAt"
       from withdrawals w join orders o on o.id = w.order_id join stores s on s.id = o.store_id
       where ${whose} ${afterId === null ? "" : "and w.id < ?"} order by w.id desc limit ?`,
      [...ids, ...(afterId === null ? [] : [afterId]), limit],
    ),
  );
  for await (const { id: _, receivedAt, acknowledgedAt, ...withdrawal } of rows) {
    yield {
      ...withdrawal,
      receivedAt: receivedAt.toISOString(),
      acknowledgedAt: acknowledgedAt?.toISOString() ?? null,
    };
  }
}
