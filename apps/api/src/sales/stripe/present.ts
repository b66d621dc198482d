import type Stripe from "stripe";
import type { DisputeAtProvider, PaymentState, RefundAtProvider, RefundState } from "../payments/payment-provider.ts";

/**
 * A session that is complete may be unpaid: a bank takes days, and then the payment of it says how it went. Amounts are
 * of the currency that was asked for, also where the buyer has paid in another one (Adaptive Pricing).
 */
export function stateOf(session: Stripe.Checkout.Session): PaymentState {
  const { status, payment_status: paymentStatus, amount_total: amount, payment_intent: intent } = session;
  if (status !== "complete") return { is: status === "expired" ? "expired" : "open", paid: null, payment: null };
  if (paymentStatus === "paid" && amount !== null && session.currency !== null)
    return {
      is: "paid",
      paid: { amount, currency: session.currency.toUpperCase() },
      payment: typeof intent === "string" ? intent : (intent?.id ?? null),
      ...(hasTax(session) && { tax: session.total_details?.amount_tax ?? 0 }),
      country: session.customer_details?.address?.country ?? null,
    };
  const hasFailed =
    typeof intent === "object" && (intent?.status === "requires_payment_method" || intent?.status === "canceled");
  return { is: hasFailed ? "failed" : "pending", paid: null, payment: null };
}

function hasTax({ automatic_tax, managed_payments }: Stripe.Checkout.Session): boolean {
  return automatic_tax.enabled || managed_payments?.enabled === true;
}

export function refundState({ id, status, failure_reason: reason }: Stripe.Refund): RefundState {
  if (status === "succeeded") return { is: "done", refund: id };
  return status === "failed" || status === "canceled"
    ? { is: "failed", reason: reason ?? status }
    : { is: "pending", refund: id };
}

export function presentRefund(refund: Stripe.Refund): RefundAtProvider {
  const { id, amount, metadata, created } = refund;
  return {
    refund: id,
    amount,
    key: metadata?.refund ?? null,
    is: refundState(refund).is,
    at: new Date(created * 1000),
  };
}

export function presentDispute(dispute: Stripe.Dispute): DisputeAtProvider {
  const { id, amount, currency, status, reason, evidence_details, created } = dispute;
  const answerBy = evidence_details.due_by;
  return {
    ...{ dispute: id, reason, at: new Date(created * 1000) },
    amount: { amount, currency: currency.toUpperCase() },
    is: disputeState(status),
    isReopened: status.startsWith("appeal_"),
    answerBy: answerBy === null ? null : new Date(answerBy * 1000),
  };
}

function disputeState(status: string): DisputeAtProvider["is"] {
  if (status === "won" || status === "warning_closed" || status === "prevented") return "won";
  if (status === "lost") return "lost";
  if (status === "warning_needs_response") return "inquiry";
  return status.endsWith("needs_response") ? "needs_response" : "under_review";
}
