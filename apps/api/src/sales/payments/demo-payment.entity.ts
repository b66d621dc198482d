import { defineEntity, type InferEntity, p } from "@mikro-orm/core";
import type { Currency } from "@yumroad/contract";
import type { PaymentState } from "./payment-provider.ts";

/** A payment at the demo's provider, as a real one keeps it on its own servers. */
export const DemoPaymentEntity = defineEntity({
  name: "DemoPayment",
  tableName: "demo_payments",
  properties: {
    session: p.string().length(43).primary(),
    orderRef: p.string().length(10),
    itemName: p.string().length(480),
    amount: p.integer(),
    currency: p.string().length(3).$type<Currency>(),
    state: p.string().length(10).$type<PaymentState["is"]>(),
    endsAt: p.datetime(),
    /** Time from which on a pending payment counts as paid. */
    settlesAt: p.datetime().nullable(),
    /** Time from which on the shop is told of the present state; null: it knows, or is not to be told. */
    webhookDueAt: p.datetime().nullable().index(),
    createdAt: p.datetime(),
  },
});

export type DemoPaymentRow = InferEntity<typeof DemoPaymentEntity>;
