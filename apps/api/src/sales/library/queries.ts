import type { Currency } from "@yumroad/contract";
import type { Database } from "../../platform/db/database.ts";
import type { PageWanted } from "../../platform/http/paging.ts";
import { IS_OF_BUYER } from "../orders/queries.ts";

export interface LibraryRow {
  id: string;
  ref: string;
  currency: Currency;
  storeHandle: string;
  storeName: string;
  paidAt: Date;
  /** The cover of its first product; null: it has none. */
  coverId: string | null;
  /** An entitlement that has not ended; null: there is none. */
  accessId: string | null;
}

/** Paid orders of a user as a buyer, the newest first. */
export function listLibrary(
  database: Database,
  { userId, page }: { userId: string; page: PageWanted },
): Promise<LibraryRow[]> {
  const { afterId, limit } = page;
  return database.read<LibraryRow>(
    `select o.id as "id", o.ref as "ref", o.currency as "currency", s.handle as "storeHandle", s.name as "storeName",
       o.paid_at as "paidAt",
       (select p.cover_id from order_items i join products p on p.id = i.product_id
         where i.order_id = o.id order by i.id limit 1) as "coverId",
       (select min(e.id) from entitlements e where e.order_id = o.id and e.ended_at is null) as "accessId"
     from orders o join stores s on s.id = o.store_id
     where o.state = 'paid' ${afterId === null ? "" : "and o.id < ?"}
       and ${IS_OF_BUYER}
     order by o.id desc limit ?`,
    [...(afterId === null ? [] : [afterId]), userId, userId, limit],
  );
}
