import * as z from "zod/mini";
import { TakenDiscount } from "./discounts.ts";
import { endpoint } from "./endpoint.ts";
import { fault } from "./faults.ts";
import { Money } from "./money.ts";
import { Attempt, Order, OrderItem, OrderRef, OrderState } from "./orders.ts";
import { PageQuery, page } from "./paging.ts";
import { SalesSummary, TimeZone } from "./sales-summary.ts";
import { line, prose } from "./text.ts";
import { Timestamp } from "./timestamp.ts";

/** A sale in the seller's list. */
export const SaleCard = z.strictObject({
  ref: z.string(),
  number: z.nullable(z.int()),
  state: OrderState,
  isInTrouble: z.boolean(),
  email: z.string(),
  items: z.array(OrderItem),
  total: Money,
  refunded: Money,
  createdAt: Timestamp,
  paidAt: z.nullable(Timestamp),
});
export type SaleCard = z.infer<typeof SaleCard>;

export const Refund = z.strictObject({
  id: z.string(),
  /** `asked`: the payment provider has not answered yet. */
  state: z.enum(["asked", "done", "failed"]),
  amount: Money,
  /** True: it gives back an extra payment, and is no part of what is refunded of the order. */
  isOfExtraPayment: z.boolean(),
  endsAccess: z.boolean(),
  reason: z.string(),
  createdAt: Timestamp,
});
export type Refund = z.infer<typeof Refund>;

/** Money that arrived for an order and delivered nothing. It is refunded on its own. */
export const ExtraPayment = z.strictObject({
  id: z.string(),
  /** `paid_twice`: the order was paid already. `amount_differs`: it is not what the order costs. */
  reason: z.enum(["paid_twice", "amount_differs"]),
  paid: Money,
  /** What is neither refunded nor about to be. */
  left: Money,
});
export type ExtraPayment = z.infer<typeof ExtraPayment>;

/** What can happen to an order. */
export const orderEventKinds = [
  "begun",
  "payment_begun",
  "payment_pending",
  "payment_failed",
  "payment_expired",
  "paid",
  "marked_as_paid",
  "trouble",
  "trouble_settled",
  "opened",
  "receipt_sent",
  "email_changed",
  "email_change_undone",
  "refund_asked",
  "refunded",
  "refund_failed",
  "access_ended",
  "access_given_back",
] as const;
export type OrderEventKind = (typeof orderEventKinds)[number];

/**
 * `kind`: one of `orderEventKinds`, or a kind of another version. No enumeration, so that web pages need not load the
 * list.
 */
export const SaleEvent = z.strictObject({ kind: z.string(), at: Timestamp });

/** A sale as its seller sees it. */
export const Sale = z.extend(SaleCard, {
  discount: z.nullable(TakenDiscount),
  /** The name of the payment provider; null: nothing was to be paid. */
  provider: z.nullable(z.string()),
  hasAccess: z.boolean(),
  consent: z.nullable(z.strictObject({ text: z.string(), at: Timestamp })),
  refunds: z.array(Refund),
  extraPayments: z.array(ExtraPayment),
  /** What happened to the order, the oldest first. */
  history: z.array(SaleEvent),
  /** What the seller can do now. */
  can: z.strictObject({ refund: z.boolean(), markAsPaid: z.boolean(), resend: z.boolean(), changeAccess: z.boolean() }),
});
export type Sale = z.infer<typeof Sale>;

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

/**
 * What a store needs before it can take money, in the order of the checklist:
 * - `legal_details`: the legal name and address of its seller
 * - `payments`: a way to pay
 * - `mail`: a confirmed test mail, since a guest's receipt is the only way back to what they bought
 */
export const SaleNeed = z.enum(["legal_details", "payments", "mail"]);
export type SaleNeed = z.infer<typeof SaleNeed>;

const SalesQuery = z.extend(PageQuery, { q: z.optional(line({ field: "search", min: 1, max: 100 })) });

// Orders are handled by whoever sold them, also when they may sell nothing more: their access is `user`, not `seller`.
export const saleEndpoints = {
  getReadiness: endpoint({
    method: "GET",
    path: "/api/me/store/readiness",
    access: "seller",
    summary: "What one's own store still needs before it can take money; `404` until the first product opens it",
    success: { status: 200, body: z.strictObject({ missing: z.array(SaleNeed) }) },
    problems: ["not_found"],
  }),

  list: endpoint({
    method: "GET",
    path: "/api/sales",
    access: "user",
    summary: "Orders of one's own store, the newest first; `q` finds beginnings of emails and references",
    query: SalesQuery,
    success: { status: 200, body: page(SaleCard) },
    problems: [],
  }),

  summarize: endpoint({
    method: "GET",
    path: "/api/sales/summary",
    access: "user",
    summary:
      "Sums of one's own store's sales by day and period, days being those of the time zone `zone`, by default of UTC",
    query: z.strictObject({ zone: z.optional(TimeZone) }),
    success: { status: 200, body: SalesSummary },
    problems: [],
  }),

  get: endpoint({
    method: "GET",
    path: "/api/sales/:ref",
    access: "user",
    whose: "own",
    summary: "An order of one's own store, with its history",
    params: OrderRef,
    success: { status: 200, body: Sale },
    problems: [],
  }),

  check: endpoint({
    method: "POST",
    path: "/api/sales/:ref/check",
    access: "user",
    whose: "own",
    summary: "Ask the payment provider how far an order is, and deliver what was paid",
    params: OrderRef,
    success: { status: 200, body: Sale },
    problems: ["payments_unavailable", "rate_limited"],
  }),

  markAsPaid: endpoint({
    method: "POST",
    path: "/api/sales/:ref/paid",
    access: "user",
    whose: "own",
    fresh: true,
    summary: "Mark an order as paid that is paid outside of the shop: its buyer gets what they bought",
    params: OrderRef,
    success: { status: 200, body: Sale },
    limits: ["saleChanges"],
    problems: ["not_payable_by_hand", "rate_limited"],
  }),

  refund: endpoint({
    method: "POST",
    path: "/api/sales/:ref/refunds",
    access: "user",
    whose: "own",
    fresh: true,
    summary: "Refund an order or an extra payment of it, in part or in full, and end the access if wanted",
    params: OrderRef,
    body: RefundInput,
    success: { status: 201, body: Sale },
    limits: ["saleChanges"],
    problems: ["refund_too_high", "attempt_reused", "payments_unavailable", "rate_limited"],
  }),

  changeAccess: endpoint({
    method: "POST",
    path: "/api/sales/:ref/access",
    access: "user",
    whose: "own",
    summary: "End a buyer's access to what they bought, or give it back",
    params: OrderRef,
    body: z.strictObject({ hasAccess: z.boolean() }),
    success: { status: 200, body: Sale },
    limits: ["saleChanges"],
    problems: ["rate_limited"],
  }),

  resend: endpoint({
    method: "POST",
    path: "/api/sales/:ref/receipt",
    access: "user",
    whose: "own",
    summary: "Send the receipt of a paid order to its buyer again",
    params: OrderRef,
    success: { status: 202, body: null },
    problems: ["rate_limited", "mail_unavailable"],
  }),
};

/** A paid order in its buyer's library. */
export const LibraryItem = z.strictObject({
  ref: z.string(),
  items: z.array(OrderItem),
  store: Order.shape.store,
  paidAt: Timestamp,
  hasAccess: z.boolean(),
});
export type LibraryItem = z.infer<typeof LibraryItem>;

export const libraryEndpoints = {
  list: endpoint({
    method: "GET",
    path: "/api/library",
    access: "user",
    summary: "What the user has bought, the newest first: with their account, or with their confirmed email",
    query: PageQuery,
    success: { status: 200, body: page(LibraryItem) },
    problems: [],
  }),
};
