import { randomBytes } from "node:crypto";
import type Stripe from "stripe";

export type Session = Stripe.Checkout.Session;
export type SessionParams = Stripe.Checkout.SessionCreateParams;

/** What all objects of a key have in common. */
export interface Mode {
  isLive: boolean;
  /** Seconds since 1970. */
  at: number;
}

const SESSION_LIFETIME_SECONDS = 24 * 60 * 60;

/** An id as Stripe makes it, such as `cs_test_a1b2…`. */
export function idOf(prefix: string): string {
  return `${prefix}_${randomBytes(18).toString("base64url").replace(/[-_]/g, "0")}`;
}

export function createSession(params: SessionParams, { isLive, at }: Mode, payPage: (id: string) => string): Session {
  const id = idOf(isLive ? "cs_live" : "cs_test");
  const total = (params.line_items ?? []).reduce(
    (sum, { price_data: price, quantity = 1 }) => sum + (price?.unit_amount ?? 0) * quantity,
    0,
  );
  return {
    ...EMPTY_SESSION,
    id,
    amount_subtotal: total,
    amount_total: total,
    automatic_tax: { enabled: params.automatic_tax?.enabled ?? false, liability: null, provider: null, status: null },
    billing_address_collection: params.billing_address_collection ?? null,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    created: at,
    currency: params.line_items?.[0]?.price_data?.currency ?? null,
    customer_email: params.customer_email ?? null,
    expires_at: params.expires_at ?? at + SESSION_LIFETIME_SECONDS,
    livemode: isLive,
    managed_payments: params.managed_payments?.enabled ? { enabled: true } : null,
    metadata: (params.metadata as Stripe.Metadata | undefined) ?? {},
    mode: params.mode ?? "payment",
    success_url: params.success_url ?? null,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    url: payPage(id),
  };
}

/** A session with what a request can't set, or does not set here. */
const EMPTY_SESSION = {
  object: "checkout.session",
  adaptive_pricing: { enabled: true },
  after_expiration: null,
  allow_promotion_codes: null,
  allowed_payment_method_types: null,
  client_secret: null,
  collected_information: null,
  consent: null,
  consent_collection: null,
  currency_conversion: null,
  custom_fields: [],
  custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
  customer: null,
  customer_account: null,
  customer_creation: "if_required",
  customer_details: null,
  discounts: [],
  integration_identifier: null,
  invoice: null,
  invoice_creation: null,
  locale: null,
  origin_context: null,
  payment_intent: null,
  payment_link: null,
  payment_method_collection: "if_required",
  payment_method_configuration_details: null,
  payment_method_options: {},
  payment_method_types: ["card", "sepa_debit"],
  payment_status: "unpaid",
  permissions: null,
  recovered_from: null,
  saved_payment_method_options: null,
  setup_intent: null,
  shipping_address_collection: null,
  shipping_cost: null,
  shipping_options: [],
  status: "open",
  submit_type: null,
  subscription: null,
  ui_mode: "hosted_page",
  wallet_options: null,
} satisfies Partial<Session>;

/** The payment of a session whose buyer has just paid by card, or begun to pay by bank. */
export function createPaymentIntent(
  session: Session,
  { isLive, at }: Mode,
  params: SessionParams,
): Stripe.PaymentIntent {
  const amount = session.amount_total ?? 0;
  return {
    ...EMPTY_PAYMENT_INTENT,
    id: idOf("pi"),
    amount,
    amount_received: 0,
    created: at,
    currency: session.currency ?? "eur",
    description: params.payment_intent_data?.description ?? null,
    latest_charge: idOf("ch"),
    livemode: isLive,
    metadata: (params.payment_intent_data?.metadata as Stripe.Metadata | undefined) ?? {},
    receipt_email: session.customer_email,
    status: "processing",
  };
}

const EMPTY_PAYMENT_INTENT = {
  object: "payment_intent",
  allowed_payment_method_types: null,
  amount_capturable: 0,
  application: null,
  application_fee_amount: null,
  automatic_payment_methods: null,
  canceled_at: null,
  cancellation_reason: null,
  capture_method: "automatic_async",
  client_secret: null,
  confirmation_method: "automatic",
  customer: null,
  customer_account: null,
  excluded_payment_method_types: null,
  last_payment_error: null,
  managed_payments: null,
  next_action: null,
  on_behalf_of: null,
  payment_method: null,
  payment_method_configuration_details: null,
  payment_method_options: {},
  payment_method_types: ["card", "sepa_debit"],
  payment_record: null,
  processing: null,
  review: null,
  setup_future_usage: null,
  shipping: null,
  source: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  transfer_group: null,
} satisfies Partial<Stripe.PaymentIntent>;

export function createRefund(
  intent: Stripe.PaymentIntent,
  { amount, metadata }: { amount: number; metadata: Stripe.Metadata },
  { at }: Mode,
): Stripe.Refund {
  return {
    id: idOf("re"),
    object: "refund",
    amount,
    balance_transaction: null,
    charge: intent.latest_charge as string,
    created: at,
    currency: intent.currency,
    customer: null,
    customer_account: null,
    metadata,
    payment_intent: intent.id,
    payment_method: null,
    reason: null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: "pending",
    transfer_reversal: null,
  };
}

const NO_EVIDENCE: Stripe.Dispute.Evidence = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
  appeal: null,
  enhanced_evidence: {},
};

const EVIDENCE_SECONDS = 7 * 24 * 60 * 60;

export function createDispute(intent: Stripe.PaymentIntent, { isLive, at }: Mode): Stripe.Dispute {
  return {
    id: idOf("du"),
    object: "dispute",
    amount: intent.amount,
    balance_transactions: [],
    charge: intent.latest_charge as string,
    created: at,
    currency: intent.currency,
    enhanced_eligibility_types: [],
    evidence: NO_EVIDENCE,
    evidence_details: {
      due_by: at + EVIDENCE_SECONDS,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: "manual",
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: isLive,
    metadata: {},
    payment_intent: intent.id,
    reason: "product_not_received",
    status: "needs_response",
  };
}
