import { defineEntity, p } from "@mikro-orm/core";
import type { Currency, Pricing, ProductStatus } from "@yumroad/contract";
import { StoreEntity } from "../stores/store.entity.ts";

/** A product listed in a store. */
export const ProductEntity = defineEntity({
  name: "Product",
  tableName: "products",
  indexes: [{ properties: ["status", "id"] }, { properties: ["store", "id"] }],
  properties: {
    /** UUID version 7: products sorted by id are sorted by time of creation. */
    id: p.string().length(36).primary(),
    store: () => p.manyToOne(StoreEntity).deleteRule("cascade"),
    slug: p.string().length(80).unique(),
    name: p.string().length(240),
    description: p.text(),
    priceAmount: p.integer(),
    priceCurrency: p.string().length(3).$type<Currency>(),
    /** `pay_what_you_want`: the price is the least that a buyer can pay. */
    pricing: p.string().length(20).$type<Pricing>().default("fixed"),
    /** The amount that buyers find filled in, where they name the price; null: the least. */
    suggestedAmount: p.integer().nullable(),
    status: p.string().length(10).$type<ProductStatus>(),
    /** The words of name and description. Triggers copy them into the search index (see `search-products.ts`). */
    searchText: p.text(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    version: p.integer().version(),
    /**
     * Time at which something other than its owner unpublished the product: closing the account, or taking down the
     * product or its store. `republishProducts` publishes it again once nothing of that holds; null otherwise.
     */
    withdrawnAt: p.datetime().nullable(),
    /** Id of the product's first picture that is ready; null: none is. Written by `noteCover`. */
    coverId: p.string().length(36).nullable(),
    /** Time of the first sale; null: never sold. Written by the sales, so that the product is kept for its buyers. */
    soldAt: p.datetime().nullable(),
    /** Time at which the operator took the product down, and the reason; null: it is not taken down. */
    takenDownAt: p.datetime().nullable(),
    takenDownReason: p.text().nullable(),
    /** True: the stored amount may not be what its seller meant, so it can't be published until its price is saved. */
    needsPriceCheck: p.boolean().default(false),
  },
});
