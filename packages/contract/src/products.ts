import * as z from "zod/mini";
import { ContentKind } from "./content-kind.ts";
import { endpoint } from "./endpoint.ts";
import { fault } from "./faults.ts";
import { Money, Price } from "./money.ts";
import { page, SearchQuery } from "./paging.ts";
import { Amount, Pricing, termsIssues } from "./pricing.ts";
import { StoreName, StoreRef } from "./store-ref.ts";
import { line, prose } from "./text.ts";
import { Timestamp } from "./timestamp.ts";

export const PRODUCT_NAME_LENGTH = { min: 4, max: 60 } as const;
export const DESCRIPTION_MAX_LENGTH = 10_000;

export const ProductName = line({ field: "name", ...PRODUCT_NAME_LENGTH });
export const ProductDescription = prose({ field: "description", min: 0, max: DESCRIPTION_MAX_LENGTH });

export const ProductStatus = z.enum(["draft", "published", "archived"]);
export type ProductStatus = z.infer<typeof ProductStatus>;

/** A product as its own page shows it. `ProductCard`, `NewProduct` and `ProductChange` derive from its fields. */
export const Product = z.strictObject({
  slug: z.string(),
  name: z.string(),
  /** Markdown. */
  description: z.string(),
  /**
   * The description as HTML that a page may contain as it is: elements of text, and links to complete addresses outside.
   * Its headings begin at the second level.
   */
  descriptionHtml: z.string(),
  /** Where buyers name the price: the least that they can pay. */
  price: Money,
  pricing: Pricing,
  /** The amount that buyers find filled in where they name the price; null: the least. */
  suggestedAmount: z.nullable(z.int()),
  status: ProductStatus,
  /** The middle size of its first picture; null: it has none. */
  coverUrl: z.nullable(z.string()),
  store: StoreRef,
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type Product = z.infer<typeof Product>;

/** A content as everybody may see it: what it is, and not what is in it. */
const ContentTitle = z.strictObject({
  kind: ContentKind,
  title: z.string(),
  /** The ending of a file's name in capitals (empty: it has none) and its bytes; null: it is no file that is ready. */
  file: z.nullable(z.strictObject({ format: z.string(), size: z.int() })),
});
export type ContentTitle = z.infer<typeof ContentTitle>;

/** A picture as visitors see it, in its middle size. */
const ShownPicture = z.strictObject({
  url: z.string(),
  /** Of the picture, in pixels, so that its place is kept while it loads. */
  width: z.int(),
  height: z.int(),
  /** Empty: it is decorative. */
  alt: z.string(),
});
export type ShownPicture = z.infer<typeof ShownPicture>;

/** A published product with its pictures and with what its buyers get, in the order in which they see it. */
export const PublishedProduct = z.extend(Product, {
  contents: z.array(ContentTitle),
  pictures: z.array(ShownPicture),
});
export type PublishedProduct = z.infer<typeof PublishedProduct>;

/** A product as its seller sees it. */
export const OwnProduct = z.extend(Product, {
  /** `true`: it can't be published before its price was saved again, since the stored amount may not be what was meant. */
  needsPriceCheck: z.boolean(),
  /** The operator's reason for taking down the product, or its store: it can't be published. null: neither is. */
  takenDownReason: z.nullable(z.string()),
});
export type OwnProduct = z.infer<typeof OwnProduct>;

/** A product as a list shows it. */
export const ProductCard = z.omit(Product, {
  ...{ description: true, descriptionHtml: true, suggestedAmount: true },
  ...{ createdAt: true, updatedAt: true },
});
export type ProductCard = z.infer<typeof ProductCard>;

/** A product as its seller's list shows it. */
export const OwnProductCard = z.extend(ProductCard, {
  updatedAt: Timestamp,
  /** The operator has taken down the product, or its store. */
  isTakenDown: z.boolean(),
});
export type OwnProductCard = z.infer<typeof OwnProductCard>;

const OwnProductsQuery = z.extend(SearchQuery, { status: z.optional(ProductStatus) });

/** The fields that a seller fills in, with their validation. */
const SellerFields = z.strictObject({
  name: ProductName,
  description: ProductDescription,
  price: Price,
  pricing: Pricing,
  suggestedAmount: z.nullable(Amount),
  status: Product.shape.status,
} satisfies { [Field in keyof Product]?: z.ZodMiniType<Product[Field]> });
export type ProductField = keyof z.infer<typeof SellerFields>;

/**
 * A new product. Without a status, it is published; without pricing, its price is fixed. `storeName`: the name of the
 * store that a seller's first product opens; without it, the store has the name of the account. A seller who has a store
 * keeps its name.
 */
export const NewProduct = z
  .extend(SellerFields, {
    description: z._default(ProductDescription, ""),
    pricing: z._default(Pricing, "fixed"),
    suggestedAmount: z._default(SellerFields.shape.suggestedAmount, null),
    status: z._default(z.enum(["draft", "published"], fault("status_of_new")), "published"),
    storeName: z.optional(StoreName),
  })
  .check(({ value, issues }) => {
    for (const issue of termsIssues(value)) issues.push({ code: "custom", input: value, ...issue });
  });
export type NewProduct = z.infer<typeof NewProduct>;

/**
 * A change of a product: only the given fields change, and at least one has to be given. The terms have to fit together
 * afterwards, which only the server can tell.
 */
export const ProductChange = z
  .partial(SellerFields)
  .check(z.refine((change) => Object.values(change).some((value) => value !== undefined), fault("nothing_to_change")));
export type ProductChange = z.infer<typeof ProductChange>;

export const Slug = z.strictObject({ slug: z.string().check(z.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/), z.maxLength(80)) });

export const productEndpoints = {
  list: endpoint({
    method: "GET",
    path: "/api/products",
    access: "public",
    summary: "Published products, newest first. `q` searches names and descriptions",
    query: SearchQuery,
    success: { status: 200, body: page(ProductCard) },
    cache: "shared",
    problems: [],
  }),

  get: endpoint({
    method: "GET",
    path: "/api/products/:slug",
    access: "public",
    summary: "One published product, with the titles of what its buyers get",
    params: Slug,
    success: { status: 200, body: PublishedProduct },
    cache: "shared",
    problems: [],
  }),

  create: endpoint({
    method: "POST",
    path: "/api/products",
    access: "seller",
    summary: "Add a product to your store. Your first product opens the store",
    body: NewProduct,
    success: { status: 201, body: OwnProduct },
    limits: ["productsOfAccount"],
    problems: ["taken_down", "deletion_pending", "rate_limited"],
  }),

  update: endpoint({
    method: "PATCH",
    path: "/api/products/:slug",
    access: "seller",
    whose: "own",
    summary: "Change your product. `If-Match` names the version you’re changing",
    params: Slug,
    body: ProductChange,
    success: { status: 200, body: OwnProduct },
    limits: ["productChanges"],
    problems: ["precondition_required", "version_conflict", "taken_down", "deletion_pending", "rate_limited"],
  }),

  delete: endpoint({
    method: "DELETE",
    path: "/api/products/:slug",
    access: "seller",
    whose: "own",
    summary: "Delete your product. This can’t be undone",
    params: Slug,
    success: { status: 204, body: null },
    problems: [],
  }),

  listOwn: endpoint({
    method: "GET",
    path: "/api/me/products",
    access: "seller",
    summary: "Your products in every status or in one, newest first. `q` searches parts of names",
    query: OwnProductsQuery,
    success: { status: 200, body: page(OwnProductCard) },
    problems: [],
  }),

  getOwn: endpoint({
    method: "GET",
    path: "/api/me/products/:slug",
    access: "seller",
    whose: "own",
    summary: "One of your products in any status. Its ETag is its version",
    params: Slug,
    success: { status: 200, body: OwnProduct },
    problems: [],
  }),
};
