import * as z from "zod/mini";
import { TakenDiscount } from "./discounts.ts";
import { endpoint } from "./endpoint.ts";
import { Money } from "./money.ts";
import { Order, OrderItem, OrderRef, OrderState } from "./orders.ts";
import { PageQuery, page } from "./paging.ts";
import { Dispute, ExtraPayment, Refund, RefundInput } from "./refunds.ts";
import { SalesByCountry } from "./sales-by-country.ts";
import { SalesSummary, TimeZone } from "./sales-summary.ts";
import { line } from "./text.ts";
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
  "dispute_opened",
  "dispute_won",
  "dispute_lost",
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
  /** How often a file was downloaded, in however many parts, and when one last was. */
  downloads: z.strictObject({ count: z.int(), lastAt: z.nullable(Timestamp) }),
  consent: z.nullable(z.strictObject({ text: z.string(), at: Timestamp })),
  refunds: z.array(Refund),
  /** What of the order is neither refunded nor about to be. Extra payments are no part of it. */
  leftToRefund: Money,
  extraPayments: z.array(ExtraPayment),
  /** The newest first. */
  disputes: z.array(Dispute),
  /** What happened to the order, the oldest first. */
  history: z.array(SaleEvent),
  /** What the seller can do now. */
  can: z.strictObject({ refund: z.boolean(), markAsPaid: z.boolean(), resend: z.boolean(), changeAccess: z.boolean() }),
});
export type Sale = z.infer<typeof Sale>;

/**
 * What a store needs before it can take money, in the order of the checklist:
 * - `legal_details`: the legal name and address of its seller
 * - `payments`: a way to pay
 * - `mail`: a confirmed test mail, since a guest's receipt is the only way back to what they bought
 */
export const SaleNeed = z.enum(["legal_details", "payments", "mail"]);
export type SaleNeed = z.infer<typeof SaleNeed>;

/**
 * How far a sale is, in its seller's words; each has one.
 * - `trouble`: a payment needs attention, whatever else is true
 * - `refunded`: in part or in full
 * - `paid`, `waiting` for a payment, `not_paid`: declined or expired
 */
export const SaleStatus = z.enum(["waiting", "paid", "refunded", "not_paid", "trouble"]);
export type SaleStatus = z.infer<typeof SaleStatus>;

const SalesQuery = z.extend(PageQuery, {
  q: z.optional(line({ field: "search", min: 1, max: 100 })),
  status: z.optional(SaleStatus),
});

// Orders are handled by whoever sold them, also when they may sell nothing more: their access is `user`, not `seller`.
export const saleEndpoints = {
  getReadiness: endpoint({
    method: "GET",
    path: "/api/me/store/readiness",
    access: "seller",
    summary: "What your store still needs before it can take money. 404 until you add a product",
    success: { status: 200, body: z.strictObject({ missing: z.array(SaleNeed) }) },
    problems: ["not_found"],
  }),

  list: endpoint({
    method: "GET",
    path: "/api/sales",
    access: "user",
    summary:
      "Orders of your store, newest first, all or those of a status. `q` searches beginnings of emails and references",
    query: SalesQuery,
    success: { status: 200, body: page(SaleCard) },
    problems: [],
  }),

  summarize: endpoint({
    method: "GET",
    path: "/api/sales/summary",
    access: "user",
    summary: "Your store’s sales by day and period. Days are in the time zone `zone`, UTC by default",
    query: z.strictObject({ zone: z.optional(TimeZone) }),
    success: { status: 200, body: SalesSummary },
    problems: [],
  }),

  sumByCountry: endpoint({
    method: "GET",
    path: "/api/sales/countries",
    access: "user",
    summary: "Your store’s sales by year, country and currency. Years are in the time zone `zone`, UTC by default",
    query: z.strictObject({ zone: z.optional(TimeZone) }),
    success: { status: 200, body: SalesByCountry },
    problems: [],
  }),

  export: endpoint({
    method: "GET",
    path: "/api/sales.csv",
    access: "user",
    summary:
      "Orders of one's own store as CSV, the newest first: all, or those begun from the moment `from` up to before `to`",
    query: z.strictObject({ from: z.optional(Timestamp), to: z.optional(Timestamp) }),
    success: { status: 200, body: null, media: "text/csv" },
    problems: ["rate_limited"],
  }),

  get: endpoint({
    method: "GET",
    path: "/api/sales/:ref",
    access: "user",
    whose: "own",
    summary: "An order of your store, with its history",
    params: OrderRef,
    success: { status: 200, body: Sale },
    problems: [],
  }),

  check: endpoint({
    method: "POST",
    path: "/api/sales/:ref/check",
    access: "user",
    whose: "own",
    summary: "Check an order’s payment with its provider and deliver it if it’s paid",
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
    summary: "Mark an order that was paid outside the shop as paid. The buyer gets the product",
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
    summary: "Refund an order or an extra payment, in full or in part. Can also end the buyer’s access",
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
    summary: "End a buyer’s access, or give it back",
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
    summary: "Resend the receipt of a paid order to its buyer",
    params: OrderRef,
    success: { status: 202, body: null },
    problems: ["rate_limited", "mail_unavailable"],
  }),
};

/** A paid order in its buyer's library. */
export const LibraryItem = z.strictObject({
  ref: z.string(),
  /** The cover of its first product; null: it has none. */
  coverUrl: z.nullable(z.string()),
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
    summary: "What you’ve bought with your account or your confirmed email, newest first",
    query: PageQuery,
    success: { status: 200, body: page(LibraryItem) },
    problems: [],
  }),
};
