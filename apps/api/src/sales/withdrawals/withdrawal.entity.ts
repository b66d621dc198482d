import { defineEntity, type InferEntity, p } from "@mikro-orm/core";
import type { WithdrawalOutcome, WithdrawalRight } from "@yumroad/contract";
import { OrderEntity } from "../orders/order.entity.ts";

/** A buyer's statement that they withdraw from a contract. Every statement is kept, whether its order is found or not. */
export const WithdrawalEntity = defineEntity({
  name: "Withdrawal",
  tableName: "withdrawals",
  properties: {
    /** UUID version 7. */
    id: p.string().length(36).primary(),
    /** Its public name: ten random characters. */
    ref: p.string().length(10).unique(),
    /** Null: it is not looked for yet, or there is none with this email. */
    order: () => p.manyToOne(OrderEntity).nullable().deleteRule("cascade").index(),
    name: p.string().length(60),
    contact: p.string().length(254),
    /** The order as the buyer has named it. */
    statedOrder: p.string().length(60),
    statement: p.text(),
    receivedAt: p.datetime().index(),
    /** Time at which its order was looked for, and mails were written. Null: not yet. */
    answeredAt: p.datetime().nullable().index(),
    /** Time at which the confirmation was put into the outbox; null: it was not. */
    acknowledgedAt: p.datetime().nullable(),
    /** How the right of withdrawal stood when the statement arrived; null: its order is not known. */
    rightState: p.string().length(20).$type<WithdrawalRight>().nullable(),
    rightEndedAt: p.datetime().nullable(),
    outcome: p.string().length(20).$type<WithdrawalOutcome>().nullable(),
    settledAt: p.datetime().nullable(),
  },
});

export type WithdrawalRow = InferEntity<typeof WithdrawalEntity>;
