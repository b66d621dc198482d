import { defineEntity, p } from "@mikro-orm/core";
import { ProductEntity } from "../../catalog/products/product.entity.ts";
import { OrderEntity } from "./order.entity.ts";

/** The right of a buyer to what they bought. Made once for each product of a paid order. */
export const EntitlementEntity = defineEntity({
  name: "Entitlement",
  tableName: "entitlements",
  uniques: [{ properties: ["order", "product"] }],
  properties: {
    id: p.string().length(36).primary(),
    order: () => p.manyToOne(OrderEntity).deleteRule("cascade"),
    product: () => p.manyToOne(ProductEntity).index(),
    createdAt: p.datetime(),
    /** Time at which the access ended, by a refund for example. */
    endedAt: p.datetime().nullable(),
  },
});
