import type { Content, ContentTitle } from "@yumroad/contract";
import type { Database, EntityManager } from "../../platform/db/database.ts";
import { readRows } from "../../platform/db/read-rows.ts";

const OF_PRODUCT = "select id, kind, title, body from contents where product_id = ? order by position, id";

/** The contents of a product, in the order in which buyers see them. */
export function contentsOf(em: EntityManager, productId: string): Promise<Content[]> {
  return readRows<Content>(em, OF_PRODUCT, [productId]);
}

/** The same, outside of a unit of work. */
export function listContents(database: Database, productId: string): Promise<Content[]> {
  return database.read<Content>(OF_PRODUCT, [productId]);
}

/** The public part of the contents of a product, in the same order. */
export function listContentTitles(database: Database, productId: string): Promise<ContentTitle[]> {
  const sql = "select kind, title from contents where product_id = ? order by position, id";
  return database.read<ContentTitle>(sql, [productId]);
}
