import type { Currency, ProductStatus } from "@yumroad/contract";
import type { Database, EntityManager } from "../../db/database.ts";
import { searchWordsOf } from "../../lib/search-words.ts";

/** A product with its store, as one plain row: hydrating entities would be the cost of a read. */
export interface ListedProduct {
  id: string;
  slug: string;
  name: string;
  priceAmount: number;
  priceCurrency: Currency;
  status: ProductStatus;
  storeHandle: string;
  storeName: string;
}

export interface ProductInFull extends ListedProduct {
  description: string;
  /** As the driver gives it: milliseconds or a Date. */
  createdAt: number | Date;
  updatedAt: number | Date;
  version: number;
}

/** Where a page begins and how long it is. */
export interface PageWanted {
  afterId: string | null;
  limit: number;
}

const CARD = `
  p.id as "id", p.slug as "slug", p.name as "name", p.price_amount as "priceAmount",
  p.price_currency as "priceCurrency", p.status as "status", s.handle as "storeHandle", s.name as "storeName"`;

const IN_FULL = `${CARD},
  p.description as "description", p.created_at as "createdAt", p.updated_at as "updatedAt", p.version as "version"`;

const FROM = "from products p join stores s on s.id = p.store_id";

/** Published products, the newest first: ids are in the order of creation. */
export function listPublished(em: EntityManager, page: PageWanted): Promise<ListedProduct[]> {
  return list(em, ["p.status = 'published'"], [], page);
}

/**
 * Published products whose name and description have a word that begins with each word of `search`, the newest first.
 * Every word may be a beginning: the last one is still being typed, and "brush" should find brushes wherever it
 * stands. A search without a letter or digit in it finds nothing.
 */
export async function searchPublished(
  database: Database,
  { afterId, limit }: PageWanted,
  search: string,
): Promise<ListedProduct[]> {
  const words = searchWordsOf(search);
  if (words.length === 0) return [];
  let found: ListedProduct[] = [];
  for (const hits of database.findProducts({ words, afterId, limit })) {
    const sql = `select ${CARD} from (${hits.sql}) hit join products p on p.id = hit.id join stores s on s.id = p.store_id order by hit.place desc`;
    found = await database.fork().execute<ListedProduct[]>(sql, hits.values);
    if (found.length === limit) break;
  }
  return found;
}

/** A user's own products in every status, the newest first. */
export function listOfOwner(em: EntityManager, ownerId: string, page: PageWanted): Promise<ListedProduct[]> {
  return list(em, ["s.owner_id = ?"], [ownerId], page);
}

/** The published products of a store, the newest first. */
export function listPublishedOfStore(em: EntityManager, storeId: string, page: PageWanted): Promise<ListedProduct[]> {
  return list(em, ["p.store_id = ?", "p.status = 'published'"], [storeId], page);
}

export function findPublished(em: EntityManager, slug: string): Promise<ProductInFull | null> {
  return findOne(em, "p.slug = ? and p.status = 'published'", [slug]);
}

export function findOfOwner(em: EntityManager, ownerId: string, slug: string): Promise<ProductInFull | null> {
  return findOne(em, "p.slug = ? and s.owner_id = ?", [slug, ownerId]);
}

async function list(em: EntityManager, conditions: string[], values: string[], { afterId, limit }: PageWanted) {
  const where = [...conditions, ...(afterId === null ? [] : ["p.id < ?"])].join(" and ");
  const parameters = [...values, ...(afterId === null ? [] : [afterId]), limit];
  return em.execute<ListedProduct[]>(`select ${CARD} ${FROM} where ${where} order by p.id desc limit ?`, parameters);
}

async function findOne(em: EntityManager, where: string, values: string[]): Promise<ProductInFull | null> {
  const [row] = await em.execute<ProductInFull[]>(`select ${IN_FULL} ${FROM} where ${where}`, values);
  return row ?? null;
}
