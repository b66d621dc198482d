import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";
import { PageQuery, page, SearchQuery } from "./paging.ts";
import { ProductStatus, Slug } from "./products.ts";
import { StoreRef } from "./store-ref.ts";
import { Handle } from "./stores.ts";
import { prose } from "./text.ts";
import { Timestamp } from "./timestamp.ts";

export const TAKE_DOWN_REASON_MAX_LENGTH = 500;

/** The reason that the operator gives, and the owner is told. */
export const TakeDown = z.strictObject({
  reason: prose({ field: "reason", min: 1, max: TAKE_DOWN_REASON_MAX_LENGTH }),
});
export type TakeDown = z.infer<typeof TakeDown>;

/** A store as the operator sees it. */
export const ListedStore = z.extend(StoreRef, {
  ownerEmail: z.string(),
  publishedProducts: z.int(),
  /** null: the store is not taken down. */
  takenDownReason: z.nullable(z.string()),
  createdAt: Timestamp,
});
export type ListedStore = z.infer<typeof ListedStore>;

/** A product as the operator sees it after taking it down or putting it back. */
export const ReviewedProduct = z.strictObject({
  slug: z.string(),
  name: z.string(),
  status: ProductStatus,
  store: StoreRef,
  /** null: the product is not taken down. Its store may be. */
  takenDownReason: z.nullable(z.string()),
});
export type ReviewedProduct = z.infer<typeof ReviewedProduct>;

/** A product that is taken down itself, whatever its store is. */
export const TakenDownProduct = z.extend(ReviewedProduct, { takenDownReason: z.string(), takenDownAt: Timestamp });
export type TakenDownProduct = z.infer<typeof TakenDownProduct>;

/** Endpoints by which the operator takes products and stores out of public sight, and puts them back. */
export const takeDownEndpoints = {
  listStores: endpoint({
    method: "GET",
    path: "/api/operator/stores",
    access: "operator",
    summary: "All stores, newest first. `q` searches beginnings of handles and names",
    query: SearchQuery,
    success: { status: 200, body: page(ListedStore) },
    problems: [],
  }),

  takeDownStore: endpoint({
    method: "POST",
    path: "/api/operator/stores/:handle/take-down",
    access: "operator",
    fresh: true,
    summary: "Take down a store. Its page and products are hidden, and its owner gets the reason",
    params: Handle,
    body: TakeDown,
    success: { status: 200, body: ListedStore },
    limits: ["takeDowns"],
    problems: ["rate_limited"],
  }),

  putBackStore: endpoint({
    method: "POST",
    path: "/api/operator/stores/:handle/put-back",
    access: "operator",
    fresh: true,
    summary: "Put back a store, with the products that were published",
    params: Handle,
    success: { status: 200, body: ListedStore },
    problems: [],
  }),

  listTakenDownProducts: endpoint({
    method: "GET",
    path: "/api/operator/taken-down-products",
    access: "operator",
    summary: "Products that are taken down, most recent first",
    query: PageQuery,
    success: { status: 200, body: page(TakenDownProduct) },
    problems: [],
  }),

  takeDownProduct: endpoint({
    method: "POST",
    path: "/api/operator/products/:slug/take-down",
    access: "operator",
    fresh: true,
    summary: "Take down a product. Its owner gets the reason and can’t publish it",
    params: Slug,
    body: TakeDown,
    success: { status: 200, body: ReviewedProduct },
    limits: ["takeDowns"],
    problems: ["rate_limited"],
  }),

  putBackProduct: endpoint({
    method: "POST",
    path: "/api/operator/products/:slug/put-back",
    access: "operator",
    fresh: true,
    summary: "Put back a product. It’s published again if it was before",
    params: Slug,
    success: { status: 200, body: ReviewedProduct },
    problems: [],
  }),
};
