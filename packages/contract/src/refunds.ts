import * as z from "zod/mini";
import { fault } from "./faults.ts";
import { AnyMoney } from "./money.ts";
import { Attempt } from "./orders.ts";
import { prose } from "./text.ts";
import { Timestamp } from "./timestamp.ts";

export const Refund = z.strictObject({
  id: z.string(),
  /** `asked`: the payment provider has not answered yet. `pending`: it has, and the buyer's bank takes its time. */
  state: z.enum(["asked", "pending", "done", "failed"]),
  /** In the currency that was paid. */
  amount: AnyMoney,
  /** True: it gives back an extra payment, and is no part of what is refunded of the order. */
  isOfExtraPayment: z.boolean(),
  endsAccess: z.boolean(),
  /** True: it was made on the payment provider's own pages. */
  isFromProvider: z.boolean(),
  reason: z.string(),
  createdAt: Timestamp,
});
export type Refund = z.infer<typeof Refund>;

/** A dispute: the buyer has asked their bank for the money back. */
export const Dispute = z.strictObject({
  id: z.string(),
  /** `inquiry`: the bank asks, and takes no money yet. */
  state: z.enum(["inquiry", "needs_response", "under_review", "won", "lost"]),
  amount: AnyMoney,
  /** The bank's reason in the provider's words, such as `product_not_received`. */
  reason: z.string(),
  /** Time until which the seller can answer with evidence, on the provider's pages. */
  answerBy: z.nullable(Timestamp),
  createdAt: Timestamp,
});
export type Dispute = z.infer<typeof Dispute>;

/** Money that arrived for an order and delivered nothing. It is refunded on its own. */
export const ExtraPayment = z.strictObject({
  id: z.string(),
  /** `paid_twice`: the order was paid already. `amount_differs`: it is not what the order costs. */
  reason: z.enum(["paid_twice", "amount_differs"]),
  paid: AnyMoney,
  /** What is neither refunded nor about to be. */
  left: AnyMoney,
});
export type ExtraPayment = z.infer<typeof ExtraPayment>;

export const RefundInput = z.strictObject({
  /** An extra payment of the order; left out: the payment that the order was delivered for. */
  extraPayment: z.optional(z.string().check(z.regex(/^[0-9a-f-]{36}$/))),
  /** In minor units of the currency that was paid. */
  amount: z
    .int(fault("amount_missing"))
    .check(z.gte(1, fault("amount_zero")), z.lte(99_999_999, fault("amount_above_paid"))),
  endsAccess: z.boolean(),
  reason: prose({ field: "reason", min: 0, max: 500 }),
  /** A random UUID of the page: the same one again is the same refund. */
  attempt: Attempt,
});
export type RefundInput = z.infer<typeof RefundInput>;
