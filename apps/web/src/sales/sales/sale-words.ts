import type { OrderEventKind, OrderState, Refund, SaleCard } from "@yumroad/contract";

const STATES: Readonly<Record<OrderState, string>> = {
  open: "Waiting for payment",
  pending: "Waiting for payment",
  paid: "Paid",
  failed: "Declined",
  expired: "Expired",
};

const EVENTS: Readonly<Record<OrderEventKind, string>> = {
  begun: "Order placed",
  payment_begun: "Payment started",
  payment_pending: "Payment pending",
  payment_failed: "Payment declined",
  payment_expired: "Time to pay expired",
  paid: "Paid",
  marked_as_paid: "Marked as paid",
  trouble: "A payment delivered nothing",
  trouble_settled: "Payment problem solved",
  opened: "Opened by the buyer",
  receipt_sent: "Receipt sent",
  email_changed: "Email changed by the buyer",
  email_change_undone: "Email change undone",
  refund_asked: "Refund requested",
  refunded: "Refunded",
  refund_failed: "Refund failed",
  access_ended: "Access ended",
  access_given_back: "Access given back",
};

const REFUND_STATES: Readonly<Record<Refund["state"], string>> = {
  asked: "In progress",
  done: "Refunded",
  failed: "Failed",
};

const PROVIDERS: Readonly<Record<string, string>> = {
  demo: "Demo, no money moved",
  manual: "Outside the shop",
  stripe: "Stripe",
  paypal: "PayPal",
};

export const REFUND_DECLINED = "The payment provider declined the refund. No money was refunded.";

export function saleStateWords({ state, isInTrouble, refunded, total }: SaleCard): string {
  if (isInTrouble) return "Needs a look";
  if (refunded.amount > 0) return refunded.amount >= total.amount ? "Refunded" : "Partly refunded";
  return STATES[state];
}

/** What happened to an order. A server of another version may have a kind that this one does not know. */
export function eventWords(kind: string): string {
  return (EVENTS as Readonly<Record<string, string | undefined>>)[kind] ?? "Other event";
}

export function refundStateWords(state: Refund["state"]): string {
  return REFUND_STATES[state];
}

export function providerWords(provider: string | null): string {
  return provider === null ? "Free" : (PROVIDERS[provider] ?? provider);
}

/** The names of what was bought, in one line. */
export function itemNames({ items }: Pick<SaleCard, "items">): string {
  return items.map(({ name }) => name).join(", ");
}
