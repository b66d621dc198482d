import { countCharacters, type ProductStatus } from "@yumroad/contract";
import type { EntityManager } from "../../platform/db/database.ts";
import { readRows } from "../../platform/db/read-rows.ts";

export interface StoreOfOperator {
  id: string;
  ownerId: string;
  handle: string;
  name: string;
  ownerEmail: string;
  /** Postgres returns counts as text. */
  publishedProducts: number | string;
  takenDownReason: string | null;
  createdAt: Date;
}

export interface ProductOfOperator {
  id: string;
  ownerId: string;
  slug: string;
  name: string;
  status: ProductStatus;
  storeHandle: string;
  storeName: string;
  takenDownReason: string | null;
  takenDownAt: Date | null;
}

const SELECT_STORES = `
  select s.id as "id", s.owner_id as "ownerId", s.handle as "handle", s.name as "name", u.email as "ownerEmail",
    (select count(*) from products p where p.store_id = s.id and p.status = 'published') as "publishedProducts",
    s.taken_down_reason as "takenDownReason", s.created_at as "createdAt"
  from stores s join users u on u.id = s.owner_id`;

interface StoresWanted {
  /** Beginning of a handle or a name; left out: all stores. */
  start: string | undefined;
  /** The store that the former page ended with; null: from the newest store on. */
  afterId: string | null;
  limit: number;
}

/** Lists stores, the newest first. If the store named by `afterId` is gone, the list is empty. */
export function listStores(em: EntityManager, { start, afterId, limit }: StoresWanted): Promise<StoreOfOperator[]> {
  const conditions: { sql: string; values: (string | number)[] }[] = [];
  if (start !== undefined) {
    const text = start.replace(/^@/, "");
    const [small, length] = [text.toLowerCase(), countCharacters(text)];
    conditions.push({
      // SQLite makes no letters small but those of ASCII: other letters are found as they are written.
      sql: "(substr(s.handle, 1, ?) = ? or substr(lower(s.name), 1, ?) = ? or substr(s.name, 1, ?) = ?)",
      values: [length, small, length, small, length, text],
    });
  }
  if (afterId !== null) {
    conditions.push({
      sql: `exists (select 1 from stores l where l.id = ?
        and (s.created_at < l.created_at or (s.created_at = l.created_at and s.id < l.id)))`,
      values: [afterId],
    });
  }
  const where = conditions.length === 0 ? "" : `where ${conditions.map(({ sql }) => sql).join(" and ")}`;
  const values = [...conditions.flatMap((condition) => condition.values), limit];
  const order = "order by s.created_at desc, s.id desc";
  // The page is chosen first: otherwise the products of all stores would be counted.
  const page = `select s.id from stores s ${where} ${order} limit ?`;
  return readRows(em, `${SELECT_STORES} where s.id in (${page}) ${order}`, values);
}

/** Null: no store has this handle, or had it before. */
export async function findStoreOfOperator(em: EntityManager, handle: string): Promise<StoreOfOperator | null> {
  const sql = `${SELECT_STORES} where s.id = (select store_id from store_handles where handle = ?)`;
  const [row] = await readRows<StoreOfOperator>(em, sql, [handle]);
  return row ?? null;
}

const SELECT_PRODUCTS = `
  select p.id as "id", s.owner_id as "ownerId", p.slug as "slug", p.name as "name", p.status as "status",
    s.handle as "storeHandle", s.name as "storeName", p.taken_down_reason as "takenDownReason",
    p.taken_down_at as "takenDownAt"
  from products p join stores s on s.id = p.store_id`;

/** A product in any status. Null: there is no such product. */
export async function findProductOfOperator(em: EntityManager, slug: string): Promise<ProductOfOperator | null> {
  const [row] = await readRows<ProductOfOperator>(em, `${SELECT_PRODUCTS} where p.slug = ?`, [slug]);
  return row ?? null;
}

/**
 * Lists the products that are taken down, the latest first. If the product named by `afterId` is no longer taken down,
 * the list is empty.
 */
export function listTakenDownProducts(
  em: EntityManager,
  { afterId, limit }: Omit<StoresWanted, "start">,
): Promise<ProductOfOperator[]> {
  const isAfter = `and exists (select 1 from products l where l.id = ?
    and (p.taken_down_at < l.taken_down_at or (p.taken_down_at = l.taken_down_at and p.id < l.id)))`;
  const sql = `${SELECT_PRODUCTS} where p.taken_down_at is not null ${afterId === null ? "" : isAfter}
    order by p.taken_down_at desc, p.id desc limit ?`;
  return readRows(em, sql, [...(afterId === null ? [] : [afterId]), limit]);
}
