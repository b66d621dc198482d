import Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { faultOf, SCHEMA_VERSION } from "./schemas.ts";
import { type StandIn, startStandIn } from "./stand-in.ts";

const KEY = "sk_test_1";
let standIn: StandIn;
let stripe: Stripe;
beforeEach(async () => {
  standIn = await startStandIn({ key: KEY });
  stripe = clientOf(KEY);
});
afterEach(() => standIn.close());

function clientOf(key: string): Stripe {
  const { hostname: host, port } = new URL(standIn.url);
  return new Stripe(key, { host, port, protocol: "http", maxNetworkRetries: 0, telemetry: false });
}

const asked = (amount = 1900): Stripe.Checkout.SessionCreateParams => ({
  mode: "payment",
  success_url: "https://shop.example/back",
  line_items: [
    { quantity: 1, price_data: { currency: "eur", unit_amount: amount, product_data: { name: "Field notes" } } },
  ],
});

it("its schemas are of the version of Stripe's SDK that is installed", () => {
  expect(SCHEMA_VERSION, "run pnpm --filter @yumroad/stripe-stand-in schemas").toBe(Stripe.API_VERSION);
});

describe("a request", () => {
  it("needs the account's key", async () => {
    await expect(clientOf("sk_test_2").checkout.sessions.create(asked())).rejects.toMatchObject({ statusCode: 401 });
  });

  it.each([
    ["a parameter that is gone", { payment_method_types: ["card"] }],
    ["a parameter of another kind", { expires_at: "tomorrow" }],
  ])("with %s is refused", async (_what, more) => {
    const params = { ...asked(), ...more } as Stripe.Checkout.SessionCreateParams;
    await expect(stripe.checkout.sessions.create(params)).rejects.toThrow("unknown parameter or wrong value");
  });

  it("with taxes by Stripe is taken", async () => {
    const params = { ...asked(), automatic_tax: { enabled: false }, managed_payments: { enabled: true } };
    const { automatic_tax: tax, managed_payments: managed } = await stripe.checkout.sessions.create(params);
    expect([tax.enabled, managed?.enabled]).toEqual([false, true]);
  });

  it("with an idempotency key has one answer, and can't become another", async () => {
    const create = (amount?: number) => stripe.checkout.sessions.create(asked(amount), { idempotencyKey: "a" });
    const first = await create();
    expect((await create()).id).toBe(first.id);
    await expect(create(2000)).rejects.toMatchObject({ type: "StripeIdempotencyError" });
  });

  it("for less than Stripe charges is refused", async () => {
    await expect(stripe.checkout.sessions.create(asked(49))).rejects.toMatchObject({ code: "amount_too_small" });
  });
});

describe("an answer", () => {
  it("that Stripe would not give is no answer", async () => {
    const { id } = await stripe.checkout.sessions.create(asked());
    const { lastResponse: _, ...session } = await stripe.checkout.sessions.retrieve(id);
    expect(faultOf("CheckoutSession", structuredClone(session))).toBeNull();
    const { status: __, ...incomplete } = session;
    expect(faultOf("CheckoutSession", incomplete)).toContain("'status'");
    expect(faultOf("CheckoutSession", { ...session, extra: 1 })).toContain("additional properties");
  });
});

it("refunds no more than was paid", async () => {
  const { id } = await stripe.checkout.sessions.create(asked());
  const { payment_intent: intent } = standIn.act(id, "pay");
  const refund = (amount: number) => stripe.refunds.create({ payment_intent: String(intent), amount });
  await refund(1000);
  await expect(refund(901)).rejects.toMatchObject({ code: "amount_too_large" });
  await refund(900);
  await expect(refund(1)).rejects.toMatchObject({ code: "charge_already_refunded" });
});
