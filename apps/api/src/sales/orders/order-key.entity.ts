import { defineEntity, p } from "@mikro-orm/core";
import { OrderEntity } from "./order.entity.ts";

/** A key that opens an order: one for each browser that has begun or opened it, and one for each mail. */
export const OrderKeyEntity = defineEntity({
  name: "OrderKey",
  tableName: "order_keys",
  properties: {
    id: p.string().length(36).primary(),
    order: () => p.manyToOne(OrderEntity).deleteRule("cascade").index(),
    keyHash: p.string().length(43).unique(),
    /** The email that the key was mailed to; null: it was given to a browser. */
    mailedTo: p.string().length(254).nullable(),
    createdAt: p.datetime(),
    /** Time at which somebody first opened the order by mail after this key was mailed: they read mail there. */
    usedAt: p.datetime().nullable(),
    /** Set when the order's email was changed, which ends all others' keys, or at the log-out of the key's browser. */
    endedAt: p.datetime().nullable(),
  },
});
