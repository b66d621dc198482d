import type { Currency, ProductStatus } from "@yumroad/contract";
import type { EntityManager } from "../../db/database.ts";

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
export function listPublished(em: EntityManager, page: PageWanted, search: string | null): Promise<ListedProduct[]> {
  const words = search === null ? [] : foldForSearch(search).split(/\s+/).filter(Boolean);
  const conditions = ["p.status = 'published'", ...words.map(() => "p.search_text like ? escape '!'")];
  return list(em, conditions, words.map(toPattern), page);
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

/** The form in which texts are stored to be searched, and words are looked for in them. */
export function foldForSearch(text: string): string {
  return text.normalize("NFKC").toLowerCase();
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

function toPattern(word: string): string {
  return `%${word.replace(/[!%_]/g, "!$&")}%`;
}
