import type { Currency, Pricing, ProductStatus } from "@yumroad/contract";
import type { Database, EntityManager } from "../../platform/db/database.ts";
import { escapeLike } from "../../platform/db/escape-like.ts";
import { type PlainRow, readRows } from "../../platform/db/read-rows.ts";
import type { PageWanted } from "../../platform/http/paging.ts";

/** A product with its store, as one plain row: creating entities would take most of the time of a read. */
export interface ListedProduct {
  id: string;
  slug: string;
  name: string;
  priceAmount: number;
  priceCurrency: Currency;
  pricing: Pricing;
  status: ProductStatus;
  coverId: string | null;
  storeHandle: string;
  storeName: string;
}

export interface ProductInFull extends ListedProduct {
  description: string;
  suggestedAmount: number | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
  /** SQLite has no booleans: there it is 0 or 1. */
  needsPriceCheck: boolean | number;
  /** The operator's reason for taking down the product, or else its store; null: neither is taken down. */
  takenDownReason: string | null;
}

/** A product in its seller's list. */
export interface ListedOwnProduct extends ListedProduct, Pick<ProductInFull, "updatedAt" | "takenDownReason"> {}

/** A price of a product, and the time of its beginning. */
export interface PriceChange {
  id: string;
  amount: number;
  currency: Currency;
  at: Date;
}

/** Columns of a product card, selected from `products p` and `stores s`. */
export const CARD = `
  p.id as "id", p.slug as "slug", p.name as "name", p.price_amount as "priceAmount",
  p.price_currency as "priceCurrency", p.pricing as "pricing", p.status as "status", p.cover_id as "coverId", s.handle as "storeHandle",
  s.name as "storeName"`;

const OWN_CARD = `${CARD},
  p.updated_at as "updatedAt", coalesce(p.taken_down_reason, s.taken_down_reason) as "takenDownReason"`;

const IN_FULL = `${OWN_CARD},
  p.description as "description", p.suggested_amount as "suggestedAmount", p.created_at as "createdAt",
  p.version as "version", p.needs_price_check as "needsPriceCheck"`;

const FROM = "from products p join stores s on s.id = p.store_id";
const SELECT_IN_FULL = `select ${IN_FULL} ${FROM}`;

/** Published products, newest first. The order of ids is the order of creation. */
export function listPublished(database: Database, page: PageWanted): Promise<ListedProduct[]> {
  return list(database, ["p.status = 'published'"], [], page);
}

/** A user's own products in every status, newest first. */
export function listOfOwner(database: Database, ownerId: string, page: PageWanted): Promise<ListedProduct[]> {
  return list(database, ["s.owner_id = ?"], [ownerId], page);
}

interface OwnProductsWanted {
  ownerId: string;
  /** Part of the name; null: any name. */
  q: string | null;
  /** Null: every status. */
  status: ProductStatus | null;
  page: PageWanted;
}

/** A user's own products as their list shows them, newest first. */
export function searchOfOwner(
  database: Database,
  { ownerId, q, status, page }: OwnProductsWanted,
): Promise<ListedOwnProduct[]> {
  const part = q === null ? null : `%${escapeLike(q)}%`;
  const conditions = [
    "s.owner_id = ?",
    ...(status === null ? [] : ["p.status = ?"]),
    // SQLite ignores the case of ASCII letters only: others are found as they are written.
    ...(part === null ? [] : [String.raw`(p.name like ? escape '\' or lower(p.name) like ? escape '\')`]),
  ];
  const values = [
    ...[ownerId, ...(status === null ? [] : [status])],
    ...(part === null ? [] : [part, part.toLowerCase()]),
  ];
  return list<ListedOwnProduct>(database, conditions, values, page, OWN_CARD);
}

/** A user's own products in every status, newest first, with all columns. */
export function listOfOwnerInFull(database: Database, ownerId: string, page: PageWanted): Promise<ProductInFull[]> {
  return list<ProductInFull>(database, ["s.owner_id = ?"], [ownerId], page, IN_FULL);
}

/** All prices that a product has had, oldest first. */
export function listPriceChanges(
  database: Database,
  productId: string,
  { afterId, limit }: PageWanted,
): Promise<PriceChange[]> {
  return database.read<PriceChange>(
    "select id, amount, currency, at from price_changes where product_id = ? and id > ? order by id limit ?",
    [productId, afterId ?? "", limit],
  );
}

/** Names of a user's newest products, at most `limit`, and the total number of the user's products. */
export async function namesOfProducts(
  em: EntityManager,
  ownerId: string,
  limit: number,
): Promise<{ names: string[]; total: number }> {
  const from = `${FROM} where s.owner_id = ?`;
  const sql = `select p.name as "name" ${from} order by p.id desc limit ?`;
  const rows = await readRows<{ name: string }>(em, sql, [ownerId, limit]);
  const [counted] = await readRows<{ count: number | string }>(em, `select count(*) as count ${from}`, [ownerId]);
  return { names: rows.map(({ name }) => name), total: Number(counted?.count ?? 0) };
}

/** The published products of a store, newest first. */
export function listPublishedOfStore(database: Database, storeId: string, page: PageWanted): Promise<ListedProduct[]> {
  return list(database, ["p.store_id = ?", "p.status = 'published'"], [storeId], page);
}

export async function findPublished(database: Database, slug: string): Promise<ProductInFull | null> {
  const [row] = await database.read<ProductInFull>(`${SELECT_IN_FULL} where p.slug = ? and p.status = 'published'`, [
    slug,
  ]);
  return row ?? null;
}

export async function findById(em: EntityManager, id: string): Promise<ProductInFull | null> {
  const [row] = await readRows<ProductInFull>(em, `${SELECT_IN_FULL} where p.id = ?`, [id]);
  return row ?? null;
}

export async function findOfOwner(em: EntityManager, ownerId: string, slug: string): Promise<ProductInFull | null> {
  const sql = `${SELECT_IN_FULL} where p.slug = ? and s.owner_id = ?`;
  const [row] = await readRows<ProductInFull>(em, sql, [slug, ownerId]);
  return row ?? null;
}

function list<Row extends PlainRow<Row> = ListedProduct>(
  database: Database,
  conditions: string[],
  values: string[],
  { afterId, limit }: PageWanted,
  columns = CARD,
) {
  const where = [...conditions, ...(afterId === null ? [] : ["p.id < ?"])].join(" and ");
  return database.read<Row>(`select ${columns} ${FROM} where ${where} order by p.id desc limit ?`, [
    ...values,
    ...(afterId === null ? [] : [afterId]),
    limit,
  ]);
}
