import type { Content } from "@yumroad/contract";
import type { EntityManager } from "../../platform/db/database.ts";
import { readRows } from "../../platform/db/read-rows.ts";

/** What buyers of a product get, in the order of the seller. */
export function contentsOf(em: EntityManager, productId: string): Promise<Content[]> {
  const sql = `select id, kind, title, body from contents where product_id = ? order by position, id`;
  return readRows<Content>(em, sql, [productId]);
}
