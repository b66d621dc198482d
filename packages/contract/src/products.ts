import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";
import { Money } from "./money.ts";
import { PageQuery, page, SearchQuery } from "./paging.ts";
import { StoreRef } from "./store-ref.ts";
import { line, prose } from "./text.ts";
import { Timestamp } from "./timestamp.ts";

export const PRODUCT_NAME_LENGTH = { min: 4, max: 60 } as const;
export const DESCRIPTION_MAX_LENGTH = 10_000;

export const ProductName = line({ label: "The name", ...PRODUCT_NAME_LENGTH });
export const ProductDescription = prose({ label: "The description", min: 0, max: DESCRIPTION_MAX_LENGTH });

export const ProductStatus = z.enum(["draft", "published", "archived"]);
export type ProductStatus = z.infer<typeof ProductStatus>;

/** A product as a list shows it. */
export const ProductCard = z.strictObject({
  slug: z.string(),
  name: z.string(),
  price: Money,
  status: ProductStatus,
  coverUrl: z.nullable(z.string()),
  store: StoreRef,
});
export type ProductCard = z.infer<typeof ProductCard>;

export const Product = z.strictObject({
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  price: Money,
  status: ProductStatus,
  coverUrl: z.nullable(z.string()),
  store: StoreRef,
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type Product = z.infer<typeof Product>;

/** A new product. It is published unless told otherwise. */
export const NewProduct = z.strictObject({
  name: ProductName,
  description: z._default(ProductDescription, ""),
  price: Money,
  status: z._default(z.enum(["draft", "published"], "A new product is a draft or published"), "published"),
});
export type NewProduct = z.infer<typeof NewProduct>;

/** A change of a product: what is given changes, and something has to be. */
export const ProductChange = z
  .strictObject({
    name: z.optional(ProductName),
    description: z.optional(ProductDescription),
    price: z.optional(Money),
    status: z.optional(ProductStatus),
  })
  .check(
    z.refine(
      (change) => Object.values(change).some((value) => value !== undefined),
      "There is nothing to change in this",
    ),
  );
export type ProductChange = z.infer<typeof ProductChange>;

export const Slug = z.strictObject({ slug: z.string().check(z.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/), z.maxLength(80)) });

export const productEndpoints = {
  list: endpoint({
    method: "GET",
    path: "/api/products",
    access: "public",
    summary: "Published products, newest first; `q` searches name and description",
    query: SearchQuery,
    success: { status: 200, body: page(ProductCard) },
    cache: "shared",
    problems: [],
  }),

  get: endpoint({
    method: "GET",
    path: "/api/products/:slug",
    access: "public",
    summary: "One published product",
    params: Slug,
    success: { status: 200, body: Product },
    cache: "shared",
    problems: [],
  }),

  create: endpoint({
    method: "POST",
    path: "/api/products",
    access: "user",
    summary: "List a product in one's own store",
    body: NewProduct,
    success: { status: 201, body: Product },
    limits: ["productsOfAccount"],
    problems: ["rate_limited"],
  }),

  update: endpoint({
    method: "PATCH",
    path: "/api/products/:slug",
    access: "user",
    whose: "own",
    summary: "Change one's own product; `If-Match` says which version is meant",
    params: Slug,
    body: ProductChange,
    success: { status: 200, body: Product },
    limits: ["productChanges"],
    problems: ["precondition_required", "version_conflict", "rate_limited"],
  }),

  delete: endpoint({
    method: "DELETE",
    path: "/api/products/:slug",
    access: "user",
    whose: "own",
    summary: "Take one's own product away for good",
    params: Slug,
    success: { status: 204, body: null },
    problems: [],
  }),

  listOwn: endpoint({
    method: "GET",
    path: "/api/me/products",
    access: "user",
    summary: "One's own products in every status, newest first",
    query: PageQuery,
    success: { status: 200, body: page(ProductCard) },
    problems: [],
  }),

  getOwn: endpoint({
    method: "GET",
    path: "/api/me/products/:slug",
    access: "user",
    whose: "own",
    summary: "One of one's own products in any status; its ETag is its version",
    params: Slug,
    success: { status: 200, body: Product },
    problems: [],
  }),
};
