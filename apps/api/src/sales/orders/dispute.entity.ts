import { defineEntity, p } from "@mikro-orm/core";
import type { DisputeAtProvider } from "../payments/payment-provider.ts";
import { OrderEntity } from "./order.entity.ts";
import { PaymentAttemptEntity } from "./payment-attempt.entity.ts";

/** A dispute of a payment: the buyer has asked their bank for the money back. It stands beside the order's state. */
export const DisputeEntity = defineEntity({
  name: "Dispute",
  tableName: "disputes",
  properties: {
    id: p.string().length(36).primary(),
    order: () => p.manyToOne(OrderEntity).deleteRule("cascade").index(),
    attempt: () => p.manyToOne(PaymentAttemptEntity).deleteRule("cascade").index(),
    /** The provider's name for the dispute. */
    providerDispute: p.string().length(255).unique(),
    state: p.string().length(20).$type<DisputeAtProvider["is"]>(),
    amount: p.integer(),
    currency: p.string().length(3),
    /** The bank's reason in the provider's words. */
    reason: p.string().length(80),
    /** Time until which the seller can answer with evidence; null: there is nothing to answer. */
    answerBy: p.datetime().nullable(),
    /** Time at which the dispute has ended the access; null: it has not, or the access was given back. */
    accessEndedAt: p.datetime().nullable(),
    createdAt: p.datetime(),
  },
});
