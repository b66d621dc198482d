import { defineEntity, p } from "@mikro-orm/core";
import { OrderEntity } from "./order.entity.ts";

/** A refund: asked for by the seller first, then done by the payment provider. */
export const RefundEntity = defineEntity({
  name: "Refund",
  tableName: "refunds",
  uniques: [{ properties: ["order", "requestKey"] }],
  properties: {
    id: p.string().length(36).primary(),
    order: () => p.manyToOne(OrderEntity).deleteRule("cascade"),
    /** Random UUID of the seller's page: the same one again is the same refund. */
    requestKey: p.string().length(36),
    /** The provider's name for the refund; null until it is done. */
    providerRefund: p.string().length(255).nullable(),
    amount: p.integer(),
    state: p.string().length(10).$type<"asked" | "done" | "failed">(),
    endsAccess: p.boolean(),
    reason: p.string().length(2000),
    createdAt: p.datetime(),
  },
});
