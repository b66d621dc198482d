import { defineEntity, p } from "@mikro-orm/core";
import { ProductEntity } from "../../catalog/products/product.entity.ts";
import { OrderEntity } from "./order.entity.ts";

/** A product of an order, as it was at the checkout. */
export const OrderItemEntity = defineEntity({
  name: "OrderItem",
  tableName: "order_items",
  uniques: [{ properties: ["order", "product"] }],
  properties: {
    id: p.string().length(36).primary(),
    order: () => p.manyToOne(OrderEntity).deleteRule("cascade"),
    /** Null: the product was deleted before it was paid for. */
    product: () => p.manyToOne(ProductEntity).nullable().deleteRule("set null").index(),
    name: p.string().length(240),
    slug: p.string().length(80),
    /** The part of the order's total. */
    amount: p.integer(),
    /** The price before the discount; null: there was none. */
    listAmount: p.integer().nullable(),
  },
});
