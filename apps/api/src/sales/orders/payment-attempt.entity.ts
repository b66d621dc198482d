import { defineEntity, type InferEntity, p } from "@mikro-orm/core";
import type { PaymentState } from "../payments/payment-provider.ts";
import { OrderEntity, type OrderTrouble } from "./order.entity.ts";

/** An attempt to pay an order. A declined order is paid by another attempt, and no attempt is overwritten. */
export const PaymentAttemptEntity = defineEntity({
  name: "PaymentAttempt",
  tableName: "payment_attempts",
  indexes: [{ properties: ["provider", "payment"] }],
  uniques: [{ properties: ["order", "n"] }, { properties: ["provider", "session"] }],
  properties: {
    id: p.string().length(36).primary(),
    order: () => p.manyToOne(OrderEntity).deleteRule("cascade"),
    /** 1 for the first attempt. */
    n: p.integer(),
    provider: p.string().length(20),
    /** The provider's name for the attempt; null: the provider has not answered yet. */
    session: p.string().length(255).nullable(),
    payAt: p.text().nullable(),
    /** The provider's name for the payment, for refunds. */
    payment: p.string().length(255).nullable(),
    state: p.string().length(10).$type<PaymentState["is"]>(),
    /** What was paid, which may differ from the order; null: nothing yet. */
    paidAmount: p.integer().nullable(),
    paidCurrency: p.string().length(3).nullable(),
    /** Reason why the money of this attempt delivered nothing; null: it did, or there is none. */
    trouble: p.string().length(40).$type<OrderTrouble>().nullable(),
    /** Time from which on its refunds and disputes are to be looked at; null: nothing is expected. */
    historyDueAt: p.datetime().nullable().index(),
    /** Time at which the provider did not know the session: it is of another account, perhaps. Null: it does. */
    notFoundAt: p.datetime().nullable().index(),
    createdAt: p.datetime(),
  },
});

export type PaymentAttemptRow = InferEntity<typeof PaymentAttemptEntity>;
