import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";
import { StoreRef } from "./store-ref.ts";
import { Timestamp } from "./timestamp.ts";

/**
 * Why an order needs somebody:
 * - `not_delivered`: a payment has arrived, and the buyer has nothing
 * - `overdue`: the payment provider should have been asked about it a while ago
 * - `not_found`: the payment provider does not know the payment, so nobody can tell if it was paid: it was begun on another
 *   account, perhaps
 * - `amount_differs`, `paid_twice`: its money is not what it should be, and only a person can tell what to do
 */
export const StuckReason = z.enum(["not_delivered", "overdue", "not_found", "amount_differs", "paid_twice"]);
export type StuckReason = z.infer<typeof StuckReason>;

/** An order that needs somebody, as the operator sees it: without what was bought. */
export const StuckOrder = z.strictObject({
  ref: z.string(),
  reason: StuckReason,
  store: StoreRef,
  /** The buyer's email, with most letters hidden: `a•••@e•••.com`. */
  buyer: z.string(),
  createdAt: Timestamp,
});
export type StuckOrder = z.infer<typeof StuckOrder>;

/** How the shop's payments fare. */
export const PaymentHealth = z.strictObject({
  /** Orders that need somebody, by the reason. */
  counts: z.strictObject({ notDelivered: z.int(), overdue: z.int(), notFound: z.int(), inTrouble: z.int() }),
  /** The newest of them. */
  orders: z.array(StuckOrder),
  /** Orders that were paid through a provider in the last seven days; `heard`: a webhook about the payment has come. */
  lastWeek: z.strictObject({ paid: z.int(), heard: z.int() }),
});
export type PaymentHealth = z.infer<typeof PaymentHealth>;

/**
 * What a check of the setup has found: `red` keeps the shop from taking real money, `amber` needs a look, `good` is as it
 * should be. `title` and `remedy` are for people.
 */
export const PaymentFinding = z.strictObject({
  code: z.string(),
  level: z.enum(["red", "amber", "good"]),
  title: z.string(),
  remedy: z.string(),
});
export type PaymentFinding = z.infer<typeof PaymentFinding>;

export const operatorPaymentEndpoints = {
  checkPaymentSetup: endpoint({
    method: "POST",
    path: "/api/operator/payments/setup",
    access: "operator",
    fresh: true,
    summary: "Check whether real money can be taken: what is in the way, the worst first, each with its remedy",
    success: { status: 200, body: z.strictObject({ findings: z.array(PaymentFinding) }) },
    limits: ["paymentChecks"],
    problems: ["rate_limited"],
  }),

  getPayments: endpoint({
    method: "GET",
    path: "/api/operator/payments",
    access: "operator",
    summary: "Orders with problems in payment or delivery, and when the shop last heard from its payment providers",
    success: { status: 200, body: PaymentHealth },
    problems: [],
  }),

  checkPayments: endpoint({
    method: "POST",
    path: "/api/operator/payments/check",
    access: "operator",
    fresh: true,
    summary: "Check up to twenty unpaid orders with their payment providers and deliver those that are paid",
    success: {
      status: 200,
      body: z.strictObject({ checked: z.int(), delivered: z.int(), payments: PaymentHealth }),
    },
    limits: ["paymentChecks"],
    problems: ["payments_unavailable", "rate_limited"],
  }),
};
