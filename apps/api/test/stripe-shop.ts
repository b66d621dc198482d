import { randomUUID } from "node:crypto";
import type { Order, Product } from "@yumroad/contract";
import { type StandIn, signWebhook, startStandIn } from "@yumroad/stripe-stand-in";
import { type Client, type Duration, toMilliseconds } from "@yumroad/testkit";
import type { StripeSettings } from "../src/config/stripe-settings.ts";
import { makeOperator } from "./operators.ts";
import { addProduct, confirmMail, LEGAL_DETAILS, order } from "./selling.ts";
import { createTestApp, type Person, type TestApp, type TestAppOptions } from "./test-app.ts";

export const STRIPE_KEY = "rk_live_of_a_shop";
const WEBHOOK_SECRET = "whsec_of_a_shop";

/** A shop that takes payments by Stripe, and the stand-in of Stripe that it talks to. */
export interface StripeShop {
  app: TestApp;
  stripe: StandIn;
  /** The operator, who sells. */
  seller: Person;
  /** Logs the seller in again, after the clock has ended the session. */
  relogIn(): Promise<void>;
  product: Product;
  /** Orders the product as a new buyer. */
  begin(more?: { email?: string; buyer?: Client; attempt?: string }): Promise<StripeOrder>;
  /** A webhook with any content, as Stripe signs it now. */
  sign(content: object): { body: string; headers: Record<string, string> };
  /** The signature of a body, made so much later than now. */
  signatureOf(body: string, later: Duration): string;
  /** An event about a session. */
  eventOf(session: string): object;
  /** Sets how much later it is at Stripe, in milliseconds. */
  setClockOfStripe(ms: number): void;
  close(): Promise<void>;
}

export interface StripeOrder {
  buyer: Client;
  ref: string;
  email: string;
  /** The id of the session at Stripe. */
  session: string;
  payAt: string;
  /** The order as its buyer sees it. */
  order(): Promise<Order>;
  /** The page that the buyer comes back to asks. */
  check(): Promise<Order>;
}

export async function createStripeShop({
  settings: more,
  isSellerSetUp = true,
  ...options
}: Omit<TestAppOptions, "stripe"> & {
  settings?: Partial<StripeSettings>;
  isSellerSetUp?: boolean;
} = {}): Promise<StripeShop> {
  const clock = { now: () => Date.now() };
  const stripe = await startStandIn({ key: more?.key ?? STRIPE_KEY, now: () => clock.now() });
  const settings = {
    key: STRIPE_KEY,
    isLive: true,
    webhookSecrets: [WEBHOOK_SECRET],
    tax: "none",
    taxCode: null,
  } as const;
  const app = await createTestApp({
    mail: true,
    ...options,
    stripe: { ...settings, webhookSecrets: [WEBHOOK_SECRET], ...more, apiUrl: new URL(stripe.url) },
  });
  let clockOffMs = 0;
  clock.now = () => app.clock.now() + clockOffMs;
  stripe.webhooks.endpoints.push({
    ...{ url: new URL("/webhooks/stripe", app.config.publicUrl).href, secret: WEBHOOK_SECRET, events: ["*"] },
    sendTo: `${app.url}/webhooks/stripe`,
  });
  const seller = await makeOperator(app, await app.signUp());
  const product = await addProduct(seller);
  if (isSellerSetUp) {
    await confirmMail(app, seller);
    await seller.client.patch("/api/me/store", { json: LEGAL_DETAILS });
  }
  const shop: StripeShop = {
    ...{ app, stripe, seller, product },
    async relogIn() {
      shop.seller = await app.logIn(seller);
    },
    async begin({ email = `buyer-${randomUUID()}@example.com`, buyer = app.visitor(), attempt = randomUUID() } = {}) {
      const { json, status, text } = await order<{ ref: string; payAt: string }>(buyer, product, { email, attempt });
      if (status !== 201) throw new Error(`The checkout answered ${status}: ${text}`);
      const { ref, payAt } = json;
      return {
        ...{ buyer, ref, email, payAt, session: payAt.split("/").at(-1) ?? "" },
        order: async () => (await buyer.get<Order>(`/api/orders/${ref}`)).json,
        check: async () => (await buyer.post<Order>(`/api/orders/${ref}/check`)).json,
      };
    },
    sign(content) {
      const body = JSON.stringify(content);
      const signature = signWebhook(body, { secret: WEBHOOK_SECRET, now: app.clock.now() });
      return { body, headers: { "Content-Type": "application/json", "Stripe-Signature": signature } };
    },
    signatureOf: (payload, later) =>
      signWebhook(payload, { secret: WEBHOOK_SECRET, now: app.clock.now() + toMilliseconds(later) }),
    eventOf: (session) => ({
      ...{ id: `evt_${session}`, object: "event", type: "checkout.session.completed", livemode: true },
      data: { object: { id: session, object: "checkout.session" } },
    }),
    setClockOfStripe(ms) {
      clockOffMs = ms;
    },
    async close() {
      await stripe.close();
      await app.close();
    },
  };
  return shop;
}
