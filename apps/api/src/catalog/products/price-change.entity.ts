import { defineEntity, p } from "@mikro-orm/core";
import type { Currency } from "@yumroad/contract";
import { ProductEntity } from "./product.entity.ts";

/** A price that a product had from `at` on: one row for its first price, and one for each change. */
export const PriceChangeEntity = defineEntity({
  name: "PriceChange",
  tableName: "price_changes",
  indexes: [{ properties: ["product", "id"] }],
  properties: {
    /** UUID version 7: the changes of a product sorted by id are sorted by time. */
    id: p.string().length(36).primary(),
    product: () => p.manyToOne(ProductEntity).deleteRule("cascade"),
    amount: p.integer(),
    currency: p.string().length(3).$type<Currency>(),
    at: p.datetime(),
  },
});
