import Stripe from "stripe";
import type { StripeSettings } from "../../config/stripe-settings.ts";
import type { PaymentFinding } from "../payments/payment-finding.ts";
import { findEndpoint, lackingEvents, STRIPE_EVENTS, webhookUrl } from "./connect-endpoint.ts";

interface CheckOptions {
  stripe: Stripe;
  settings: StripeSettings;
  publicUrl: URL;
  now: number;
}

/** Difference of clocks from which on signatures are near to being refused. */
const CLOCK_TOLERANCE_MS = 2 * 60_000;

/** Finds what is wrong with the key, the account, the clock and the endpoint for webhooks, by asking Stripe. */
export async function checkStripe(options: CheckOptions): Promise<PaymentFinding[]> {
  const { settings, publicUrl } = options;
  const isInsecure = publicUrl.protocol !== "https:" && settings.isLive;
  const ofKey = await checkKey(options);
  const isUsable = !ofKey.some(({ code }) => code === "stripe_key_refused" || code === "stripe_unreachable");
  return [
    ...ofKey,
    ...(isUsable ? [...(await checkEndpoint(options)), ...(await checkDeliveries(options))] : []),
    ...(settings.webhookSecrets.length === 0 ? [red("webhook_secret_missing")] : []),
    ...(isInsecure ? [red("https_missing", { url: publicUrl.origin })] : []),
    ...(settings.isLive ? [] : [{ code: "stripe_test_mode", level: "amber" } as const]),
  ];
}

/**
 * What the shop calls, each in a way that changes nothing: Stripe refuses a key that may not write before it looks at
 * what is to be written, which lacks what it needs.
 */
const CALLS: Readonly<Record<string, (stripe: Stripe) => Promise<unknown>>> = {
  "Checkout Sessions (write)": (stripe) => stripe.checkout.sessions.create({ mode: "payment" }),
  "Refunds (write)": (stripe) => stripe.refunds.create({}),
  "Disputes (read)": (stripe) => stripe.disputes.list({ limit: 1 }),
  "Events (read)": (stripe) => stripe.events.list({ limit: 1 }),
};

async function checkKey({ stripe, now }: CheckOptions): Promise<PaymentFinding[]> {
  const account = await answerOf(() => stripe.accounts.retrieveCurrent());
  if (account === "refused") return [red("stripe_key_refused")];
  if (account === "unreachable") return [red("stripe_unreachable")];
  const names = Object.keys(CALLS);
  const answers = await Promise.all(Object.values(CALLS).map((call) => answerOf(() => call(stripe))));
  if (answers.includes("unreachable")) return [red("stripe_unreachable")];
  const lacking = names.filter((_, index) => answers[index] === "forbidden");
  return [
    ...(lacking.length > 0 ? [red("stripe_key_lacks", { permissions: lacking.join(", ") })] : []),
    ...(typeof account === "string" ? [] : checkAccount(account, now)),
  ];
}

function checkAccount(account: Stripe.Response<Stripe.Account>, now: number): PaymentFinding[] {
  const { date } = account.lastResponse.headers;
  const offMs = date ? now - Date.parse(date) : 0;
  return [
    ...(account.charges_enabled ? [] : [red("stripe_account_incomplete")]),
    ...(Math.abs(offMs) > CLOCK_TOLERANCE_MS
      ? [red("clock_off", { minutes: String(Math.round(offMs / 60_000)) })]
      : []),
  ];
}

async function checkEndpoint({ stripe, publicUrl }: CheckOptions): Promise<PaymentFinding[]> {
  const endpoint = await answerOf(() => findEndpoint(stripe, publicUrl));
  // A key that may not read the endpoints says nothing about them.
  if (typeof endpoint === "string") return [];
  const url = webhookUrl(publicUrl);
  if (!endpoint) return [red("webhook_endpoint_missing", { url })];
  const missing = lackingEvents(endpoint);
  return [
    ...(endpoint.status === "enabled" ? [] : [red("webhook_endpoint_disabled", { url })]),
    ...(missing.length > 0 ? [red("webhook_endpoint_lacks", { events: missing.join(", ") })] : []),
  ];
}

const DELIVERIES_SINCE_MS = 3 * 24 * 60 * 60_000;

/** Webhooks that no endpoint has accepted, as Stripe has it: a secret of another endpoint shows here. */
async function checkDeliveries({ stripe, now }: CheckOptions): Promise<PaymentFinding[]> {
  const created = { gte: Math.floor((now - DELIVERIES_SINCE_MS) / 1000) };
  const failed = await answerOf(() =>
    stripe.events.list({ types: [...STRIPE_EVENTS], delivery_success: false, created, limit: 100 }),
  );
  if (typeof failed === "string" || failed.data.length === 0) return [];
  const count = `${failed.data.length}${failed.has_more ? " or more" : ""}`;
  return [{ code: "webhooks_refused", level: "amber", params: { count } }];
}

/** The answer of Stripe, or why there is none. An invalid request was answered, which is all that is asked here. */
async function answerOf<Answer>(
  call: () => Promise<Answer>,
): Promise<Answer | "refused" | "forbidden" | "unreachable" | "answered"> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof Stripe.errors.StripeAuthenticationError) return "refused";
    if (error instanceof Stripe.errors.StripePermissionError) return "forbidden";
    return error instanceof Stripe.errors.StripeInvalidRequestError ? "answered" : "unreachable";
  }
}

function red(code: PaymentFinding["code"], params: Record<string, string> = {}): PaymentFinding {
  return { code, level: "red", params };
}
