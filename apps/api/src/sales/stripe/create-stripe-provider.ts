import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { CURRENCIES } from "@yumroad/contract";
import Stripe from "stripe";
import type { StripeSettings } from "../../config/stripe-settings.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import type { Logger } from "../../platform/lib/logger.ts";
import {
  type FrozenOrder,
  type PaymentNews,
  type PaymentProvider,
  PaymentRefused,
  ProviderUnavailable,
  type ReturnUrls,
  STRIPE,
  WebhookInvalid,
} from "../payments/payment-provider.ts";
import { checkStripe } from "./check-stripe.ts";
import { STRIPE_EVENTS } from "./connect-endpoint.ts";
import { presentDispute, presentRefund, refundState, stateOf } from "./present.ts";
import { probeWebhooks } from "./probe-webhooks.ts";

interface StripeProviderOptions {
  settings: StripeSettings;
  publicUrl: URL;
  /** The address of this process, where the public one does not lead to it. */
  ownUrl?: (() => string) | undefined;
  isLocalDemo: boolean;
  clock: Clock;
  logger: Logger;
}

/** Time that a call may take. Somebody waits, and what fails is asked again by the sweep, so there is no retry. */
const PATIENCE_MS = 10_000;
/** Under Managed Payments buyers buy from this company of Stripe (https://docs.stripe.com/payments/managed-payments). */
const MERCHANT_OF_RECORD = "Link by Stripe";
const SIGNATURE_HEADER = "stripe-signature";
const SIGNATURE_AGE_SECONDS = 5 * 60;
/** Objects of one answer; nobody refunds or disputes one payment more often. */
const LIST_LENGTH = 100;

/** Events that are looked for in case no webhook tells of them. */
const MOST_NEWS = 1000;
const PAYMENT_EVENTS = STRIPE_EVENTS.filter((event) => !event.startsWith("checkout."));

/**
 * Makes the provider for payments by Stripe. Buyers pay on Stripe's own page (hosted Checkout Sessions), by the methods
 * that the dashboard offers, so no card number comes near the shop. `payment` of an attempt is the id of the
 * PaymentIntent (https://docs.stripe.com/payments/checkout).
 */
export function createStripeProvider(options: StripeProviderOptions): PaymentProvider {
  const { settings, publicUrl, ownUrl, isLocalDemo, clock, logger } = options;
  const stripe = createStripeClient(settings);
  const call = createCaller(logger);
  return {
    name: STRIPE,
    currencies: new Set(CURRENCIES),
    isForOperatorsOnly: !settings.isLive && !isLocalDemo,
    merchantOfRecord: settings.tax === "managed" ? MERCHANT_OF_RECORD : null,
    async begin(order, urls) {
      const params = sessionParams(order, urls, settings);
      // The same order is asked for with the same key. Changed in between, it is another session: the former was given
      // to nobody, since its id was never stored.
      const hash = createHash("sha256").update(JSON.stringify(params)).digest("hex").slice(0, 16);
      const idempotencyKey = `order:${order.id}:${order.attempt}:${hash}`;
      const session = await call(() => stripe.checkout.sessions.create(params, { idempotencyKey }));
      return { session: session.id, payAt: session.url, endsAt: new Date(session.expires_at * 1000) };
    },
    async look(session) {
      const found = await call(() =>
        orNull(stripe.checkout.sessions.retrieve(session, { expand: ["payment_intent"] })),
      );
      if (found) return stateOf(found);
      // A live key does not know the sessions of test mode, for which no money arrives.
      return settings.isLive && session.startsWith("cs_test_") ? { is: "expired", paid: null, payment: null } : null;
    },
    hear: (raw, headers) => hear(stripe, { raw, headers, settings, now: clock.now(), logger }),
    async listNews(since) {
      return (await call(() => eventsSince(stripe, since))).flatMap((event) => newsOf(event) ?? []);
    },
    async check() {
      const [secret] = settings.webhookSecrets;
      const now = clock.now();
      const shopUrl = ownUrl ? new URL(ownUrl()) : publicUrl;
      const probe = secret ? probeWebhooks({ shopUrl, secret, isLive: settings.isLive, now }) : [];
      return [...(await checkStripe({ stripe, settings, publicUrl, now })), ...(await probe)];
    },
    async cancel(session) {
      // A session that is not open any more can't be expired, which is what was wanted.
      await call(() => orNull(stripe.checkout.sessions.expire(session)));
    },
    async refund(payment, money, key) {
      const params = { payment_intent: payment, amount: money.amount, metadata: { refund: key } };
      try {
        // A key of Stripe is forgotten after a day or more, so a refund that was made before is looked for first.
        const earlier = (await call(() => refundsOf(stripe, payment))).find(({ metadata }) => metadata?.refund === key);
        const options = { idempotencyKey: `refund:${key}` };
        return refundState(earlier ?? (await call(() => stripe.refunds.create(params, options))));
      } catch (error) {
        if (!(error instanceof PaymentRefused)) throw error;
        return { is: "failed", reason: error.message };
      }
    },
    async lookAtPayment(payment) {
      const refunds = await call(() => refundsOf(stripe, payment));
      const disputes = await call(() => stripe.disputes.list({ payment_intent: payment, limit: LIST_LENGTH }));
      return { refunds: refunds.map(presentRefund), disputes: disputes.data.map(presentDispute) };
    },
  };
}

/**
 * Makes what calls Stripe. It turns what keeps it from answering into `ProviderUnavailable`, and what it will never do into
 * `PaymentRefused`, and logs what to mend.
 */
function createCaller(logger: Logger): <Answer>(work: () => Promise<Answer>) => Promise<Answer> {
  return async (work) => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeError)) throw error;
      const { type, code, statusCode, requestId } = error;
      const isOurs = type !== "StripeConnectionError" && type !== "StripeAPIError" && type !== "StripeRateLimitError";
      const facts = { event: "stripe_refused", type, code, status: statusCode, request: requestId };
      logger[isOurs ? "error" : "warn"](facts, "Stripe did not do what was asked");
      if (error instanceof Stripe.errors.StripeInvalidRequestError) throw new PaymentRefused(error.message);
      throw new ProviderUnavailable(`Stripe answered ${type}`);
    }
  };
}

/** Connects to Stripe, or to the stand-in of the settings. */
export function createStripeClient({ key, apiUrl }: Pick<StripeSettings, "key" | "apiUrl">): Stripe {
  const standIn = apiUrl && { host: apiUrl.hostname, port: apiUrl.port, protocol: "http" as const };
  return new Stripe(key, { ...standIn, timeout: PATIENCE_MS, maxNetworkRetries: 0, telemetry: false });
}

/** What Stripe is asked for: always the same for the same order, so that a repeated call is the same one. */
function sessionParams(
  { ref, total, email, itemName }: FrozenOrder,
  { back, cancel }: ReturnUrls,
  { tax, taxCode }: StripeSettings,
): Stripe.Checkout.SessionCreateParams {
  return {
    mode: "payment",
    client_reference_id: ref,
    customer_email: email,
    success_url: back,
    cancel_url: cancel,
    metadata: { order: ref },
    payment_intent_data: { description: `${itemName} (${ref})`, metadata: { order: ref } },
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: total.currency.toLowerCase(),
          unit_amount: total.amount,
          product_data: { name: itemName, ...(taxCode && { tax_code: taxCode }) },
          ...(tax !== "none" && { tax_behavior: "inclusive" as const }),
        },
      },
    ],
    ...(tax === "stripe_tax" && { automatic_tax: { enabled: true } }),
    ...(tax === "managed" && { managed_payments: { enabled: true } }),
  };
}

interface Heard {
  raw: Buffer;
  headers: IncomingHttpHeaders;
  settings: StripeSettings;
  now: number;
  logger: Logger;
}

function hear(stripe: Stripe, { raw, headers, settings, now, logger }: Heard): PaymentNews | null {
  const event = readEvent(stripe, { raw, header: headers[SIGNATURE_HEADER], secrets: settings.webhookSecrets, now });
  if (typeof event?.id !== "string" || typeof event.type !== "string") return null;
  if (event.livemode !== settings.isLive) {
    const facts = { event: "webhook_of_other_mode", isLive: event.livemode };
    logger.warn(facts, "a webhook of Stripe is about the other mode, test or live, than the key");
    return null;
  }
  return newsOf(event);
}

/** What an event is about; null: nothing that concerns an order. */
function newsOf(event: Stripe.Event): PaymentNews | null {
  const { id, type: kind } = event;
  const object = (event.data?.object ?? {}) as { id?: string; payment_intent?: unknown };
  if (kind.startsWith("checkout.session.") && object.id) return { id, kind, session: object.id };
  const isAboutPayment = kind.startsWith("refund.") || kind.startsWith("charge.dispute.");
  return isAboutPayment && typeof object.payment_intent === "string"
    ? { id, kind, payment: object.payment_intent }
    : null;
}

/** Throws `WebhookInvalid` unless one of the secrets has signed the body within the last minutes. */
function readEvent(
  stripe: Stripe,
  { raw, header, secrets, now }: { raw: Buffer; header: unknown; secrets: string[]; now: number },
): Stripe.Event {
  if (secrets.length === 0) throw new WebhookInvalid("STRIPE_WEBHOOK_SECRET is not set");
  const signature = String(header ?? "");
  // The SDK refuses old signatures only.
  const seconds = Number(/\bt=(\d+)/.exec(signature)?.[1] ?? 0);
  if (seconds * 1000 > now + SIGNATURE_AGE_SECONDS * 1000)
    throw new WebhookInvalid("the signature is of the future: is a clock wrong?");
  let reason = "";
  for (const secret of secrets) {
    try {
      return stripe.webhooks.constructEvent(raw, signature, secret, SIGNATURE_AGE_SECONDS, undefined, now);
    } catch (error) {
      reason = reasonOf(error as Error);
    }
  }
  throw new WebhookInvalid(reason);
}

/** The SDK's own text quotes the header and explains at length; the log needs the cause. */
function reasonOf({ message }: Error): string {
  if (message.includes("Timestamp outside the tolerance zone")) return "the signature is too old: is a clock wrong?";
  if (message.includes("No signatures found matching")) return "another secret or another body";
  return message.includes("header") ? "no signature" : "the body can't be read";
}

/** The answer to a call about an object that Stripe has, in a state that allows it. Null: it does not. */
async function orNull<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return null;
    throw error;
  }
}

function eventsSince(stripe: Stripe, since: Date): Promise<Stripe.Event[]> {
  const created = { gte: Math.floor(since.getTime() / 1000) };
  const events = stripe.events.list({ types: PAYMENT_EVENTS, created, limit: LIST_LENGTH });
  return events.autoPagingToArray({ limit: MOST_NEWS });
}

async function refundsOf(stripe: Stripe, payment: string): Promise<Stripe.Refund[]> {
  return (await stripe.refunds.list({ payment_intent: payment, limit: LIST_LENGTH })).data;
}
