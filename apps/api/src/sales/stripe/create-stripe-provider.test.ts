import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStripeShop, type StripeShop } from "../../../test/stripe-shop.ts";

describe("R114: a sale by Stripe", () => {
  let shop: StripeShop;
  beforeAll(async () => {
    shop = await createStripeShop();
  });
  afterAll(() => shop.close());

  it("R114: is paid on Stripe's page, and delivered when its webhook arrives", async () => {
    const { session, payAt, order, email } = await shop.begin();
    expect(payAt).toBe(`${shop.stripe.url}/c/pay/${session}`);
    expect(await order()).toMatchObject({ state: "open", hasAccess: false });
    shop.stripe.act(session, "pay");
    await shop.stripe.webhooks.settled();
    expect(shop.stripe.webhooks.events.at(-1)?.answers).toEqual([204]);
    expect(await order()).toMatchObject({ state: "paid", hasAccess: true });
    expect((await shop.app.mailbox.last(email)).subject).toContain("Field notes");
  });
});
