import type { PaymentFinding } from "@yumroad/contract";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createStripeShop, type StripeShop } from "../../../test/stripe-shop.ts";

let shop: StripeShop;
const check = async () =>
  (await shop.seller.client.post<{ findings: PaymentFinding[] }>("/api/operator/payments/setup")).json.findings;
const codes = async () => (await check()).map(({ code }) => code);

afterEach(() => shop.close());

describe("R116: the check of the payments' setup", () => {
  beforeEach(async () => {
    shop = await createStripeShop();
  });

  it("R116: finds nothing to do in a shop that is set up", async () => {
    expect(await check()).toEqual([{ code: "stripe_ready", level: "good", title: "Stripe is ready", remedy: "" }]);
  });

  it.each<[string, string, () => unknown]>([
    [
      "a key that was rolled",
      "stripe_key_refused",
      () => shop.stripe.fail({ call: "GET /v1/account", with: 401, times: 1 }),
    ],
    [
      "a restricted key without a permission",
      "stripe_key_lacks",
      () => shop.stripe.fail({ call: "POST /v1/refunds", with: 403, times: 1 }),
    ],
    ["no way to Stripe", "stripe_unreachable", () => shop.stripe.fail({ call: "GET", with: "hang_up", times: 2 })],
    [
      "an account that is not finished",
      "stripe_account_incomplete",
      () => Object.assign(shop.stripe.account, { charges_enabled: false }),
    ],
    ["no endpoint", "webhook_endpoint_missing", () => shop.stripe.webhooks.endpoints.splice(0)],
    [
      "an endpoint that is disabled",
      "webhook_endpoint_disabled",
      () => Object.assign(shop.stripe.webhooks.endpoints[0] ?? {}, { isDisabled: true }),
    ],
    [
      "an endpoint without the events of refunds",
      "webhook_endpoint_lacks",
      () => Object.assign(shop.stripe.webhooks.endpoints[0] ?? {}, { events: ["checkout.session.completed"] }),
    ],
    ["a clock that is off", "clock_off", () => shop.setClockOfStripe(3 * 60_000)],
  ])("R116: finds %s", async (_what, code, break_) => {
    break_();
    const found = await check();
    expect(found[0]).toMatchObject({ code, level: "red", title: expect.any(String) });
    expect(found[0]?.remedy).toMatch(/.{20,}/);
  });

  it("R116: finds a secret of another endpoint, by what was refused and by what was never heard", async () => {
    Object.assign(shop.stripe.webhooks.endpoints[0] ?? {}, { secret: "whsec_of_another_endpoint" });
    const { session, check: returned } = await shop.begin();
    shop.stripe.act(session, "pay");
    await shop.stripe.webhooks.settled();
    await returned();
    const found = await check();
    expect(found.map(({ code }) => code)).toEqual(expect.arrayContaining(["webhooks_refused", "webhooks_unheard"]));
    expect(found.map(({ code }) => code)).not.toContain("stripe_ready");
    expect(found.find(({ code }) => code === "webhooks_unheard")?.title).toBe(
      "1 orders were found by asking, none by a webhook",
    );
  });

  it("R116: finds a proxy that changes the body, answers itself, or is not there", async () => {
    const inBetween = vi.spyOn(globalThis, "fetch");
    inBetween.mockResolvedValueOnce(Response.json({ code: "webhook_invalid" }, { status: 400 }));
    expect(await codes()).toContain("webhook_body_changed");
    inBetween.mockResolvedValueOnce(new Response("Checking your browser", { status: 403 }));
    expect(await codes()).toContain("webhook_address_answers");
    inBetween.mockRejectedValueOnce(new Error("no route"));
    expect(await codes()).toContain("webhook_address_unreachable");
    inBetween.mockRestore();
  });
});

describe("R116: what keeps a shop from taking real money", () => {
  it("R116: no secret for webhooks: nothing is sold", async () => {
    shop = await createStripeShop({ settings: { webhookSecrets: [] } });
    expect(await codes()).toContain("webhook_secret_missing");
    await expect(shop.begin()).rejects.toThrow("checkout_not_set_up");
  });

  it("R116: a test key, which lets nobody but operators buy", async () => {
    shop = await createStripeShop({ settings: { key: "rk_test_of_a_shop", isLive: false } });
    expect(await codes()).toEqual(["stripe_test_mode", "stripe_ready"]);
  });

  it("R116: no confirmed mail, and no legal details", async () => {
    shop = await createStripeShop({ isSellerSetUp: false });
    expect(await codes()).toEqual(["mail_unconfirmed", "legal_details_missing"]);
    await expect(shop.begin()).rejects.toThrow("checkout_not_set_up");
  });
});
