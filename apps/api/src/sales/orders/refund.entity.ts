import { defineEntity, type InferEntity, p } from "@mikro-orm/core";
import { OrderEntity } from "./order.entity.ts";
import { PaymentAttemptEntity } from "./payment-attempt.entity.ts";

/** A refund: asked for by the seller first, then done by the payment provider. */
export const RefundEntity = defineEntity({
  name: "Refund",
  tableName: "refunds",
  uniques: [{ properties: ["order", "requestKey"] }],
  properties: {
    id: p.string().length(36).primary(),
    order: () => p.manyToOne(OrderEntity).deleteRule("cascade"),
    /** The attempt whose money is given back. */
    attempt: () => p.manyToOne(PaymentAttemptEntity).deleteRule("cascade").index(),
    /** Random UUID of the seller's page: the same one again is the same refund. */
    requestKey: p.string().length(36),
    /** The provider's name for the refund; null until it has taken it on. */
    providerRefund: p.string().length(255).nullable().unique(),
    /** In the currency that was paid. */
    amount: p.integer(),
    state: p.string().length(10).$type<"asked" | "done" | "failed">(),
    endsAccess: p.boolean(),
    /** Time at which the refund was added to the sums; null: it was not. */
    countedAt: p.datetime().nullable(),
    /** Time at which the refund has ended the access; null: it has not. */
    accessEndedAt: p.datetime().nullable(),
    /** True for a refund that was made on the provider's own pages. */
    isFromProvider: p.boolean().default(false),
    reason: p.string().length(2000),
    createdAt: p.datetime(),
    /** Time at which the provider was last asked. */
    triedAt: p.datetime(),
  },
});

export type RefundRow = InferEntity<typeof RefundEntity>;
