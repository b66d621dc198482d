import type { IncomingHttpHeaders } from "node:http";
import type { AnyMoney, Currency, Money } from "@yumroad/contract";
import type { PaymentFinding } from "./payment-finding.ts";

/** The name of the provider that the SDK of Stripe makes; here, so that its name can be known without loading it. */
export const STRIPE = "stripe";

/** An order as a provider needs it. Everything in it is fixed: the provider is asked for this amount and no other. */
export interface FrozenOrder {
  id: string;
  ref: string;
  /** Number of the attempt to pay this order: 1 for the first. */
  attempt: number;
  total: Money;
  email: string;
  itemName: string;
}

/** Addresses of this shop to which the provider sends the buyer. */
export interface ReturnUrls {
  back: string;
  cancel: string;
}

/** Where the buyer pays. `payAt` null: outside of the shop, as the seller's words say. */
export interface BegunPayment {
  /** The provider's name for this attempt, unique with it. */
  session: string;
  payAt: string | null;
  endsAt: Date;
}

/** How far a payment is. Only this decides what happens to an order; a webhook merely says that something happened. */
export interface PaymentState {
  is: "open" | "pending" | "paid" | "failed" | "expired";
  /** What was paid; null unless `is` is "paid". */
  paid: AnyMoney | null;
  /** The provider's name for the payment, for a refund. */
  payment: string | null;
  /** Tax that is part of what was paid, in its currency; undefined: the provider calculates none. */
  tax?: number;
  /** The buyer's country (ISO 3166), as the means of payment says it. */
  country?: string | null;
}

/** What a webhook is about: a session, or the refunds and disputes of a payment. */
export type PaymentNews = {
  /** The provider's id of the event. */
  id: string;
  kind: string;
} & ({ session: string; payment?: undefined } | { payment: string; session?: undefined });

/** `pending`: the provider has taken the refund on, and its bank decides. */
export type RefundState = { is: "done" | "pending"; refund: string } | { is: "failed"; reason: string };

/** A refund as the provider has it, also one that was made on the provider's own pages. */
export interface RefundAtProvider {
  refund: string;
  /** The key that the refund was asked for with; null: the shop has not asked for it. */
  key: string | null;
  amount: number;
  is: RefundState["is"];
  at: Date;
}

/** A dispute: the buyer has asked their bank for the money back. */
export interface DisputeAtProvider {
  dispute: string;
  /** In the bank's currency, after a conversion. */
  amount: AnyMoney;
  /** `inquiry`: the bank asks, and takes no money yet. */
  is: "inquiry" | "needs_response" | "under_review" | "won" | "lost";
  /** True if the bank looks at a dispute again that was won or lost. */
  isReopened: boolean;
  /** The bank's reason in the provider's words, such as `product_not_received`. */
  reason: string;
  /** Time until which the seller can answer with evidence. */
  answerBy: Date | null;
  at: Date;
}

/** What became of a payment. */
export interface PaymentHistory {
  refunds: RefundAtProvider[];
  disputes: DisputeAtProvider[];
}

/**
 * A provider of payments. One file each; nothing outside of it knows which provider an order uses. Methods that need the
 * network reject with `ProviderUnavailable` when the provider can't be reached; they are called outside of transactions.
 */
export interface PaymentProvider {
  /** The value in the database, and in the address of webhooks. */
  readonly name: string;
  readonly currencies: ReadonlySet<Currency>;
  /** True for payments that move no money in a shop that is no demo: nobody else may get things for nothing. */
  readonly isForOperatorsOnly: boolean;
  /** Who sells to buyers in the seller's place, so that receipts name them; null: the seller sells. */
  readonly merchantOfRecord: string | null;
  /** Idempotent by order and attempt: a repeated call returns the same session. Rejects with `PaymentRefused` too. */
  begin(order: FrozenOrder, urls: ReturnUrls): Promise<BegunPayment>;
  /**
   * The present state of a session. Null: the provider does not know it, which says nothing about whether it was paid. It
   * was begun on another account, perhaps.
   */
  look(session: string): Promise<PaymentState | null>;
  /** What has happened to payments since a time, the newest first, as webhooks tell it. Is null with `lookAtPayment`. */
  readonly listNews: ((since: Date) => Promise<PaymentNews[]>) | null;
  /** Finds what is wrong with how the shop uses the provider. Is null for one that needs nothing to be set up. */
  readonly check: (() => Promise<PaymentFinding[]>) | null;
  /**
   * Reads a webhook, without the network. Throws `WebhookInvalid`. Answers null: it is about nothing that concerns an
   * order. Is null itself for a provider that sends none.
   */
  readonly hear: ((raw: Buffer, headers: IncomingHttpHeaders) => PaymentNews | null) | null;
  /** Ends a session that can't be paid any more afterwards. Does nothing if it has ended. */
  cancel(session: string): Promise<void>;
  /** Idempotent by `key`, however much later it is repeated. */
  refund(payment: string, money: AnyMoney, key: string): Promise<RefundState>;
  /** The present refunds and disputes of a payment. Is null for a provider on whose own pages nobody refunds or disputes. */
  readonly lookAtPayment: ((payment: string) => Promise<PaymentHistory>) | null;
}

/** A webhook that its provider has not signed, or that can't be read. */
export class WebhookInvalid extends Error {
  override name = "WebhookInvalid";
}

export class ProviderUnavailable extends Error {
  override name = "ProviderUnavailable";
}

/** The provider has answered that it will never do what was asked, such as charging an amount that is too small. */
export class PaymentRefused extends Error {
  override name = "PaymentRefused";
}

/** The providers of this installation, by name. */
export type PaymentProviders = ReadonlyMap<string, PaymentProvider>;

/** Throws `ProviderUnavailable` for a provider of earlier orders that this installation has no more. */
export function providerNamed(payments: PaymentProviders, name: string): PaymentProvider {
  const provider = payments.get(name);
  if (!provider) throw new ProviderUnavailable(`The payment provider ${name} is not configured any more`);
  return provider;
}
