import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signedByDemo } from "../../../test/signed-webhook.ts";
import { createStripeShop, type StripeShop } from "../../../test/stripe-shop.ts";
import { createTestApp, type TestApp } from "../../../test/test-app.ts";
import { orderRef } from "../orders/order-ref.ts";
import { type FrozenOrder, type PaymentProvider, providerNamed, WebhookInvalid } from "./payment-provider.ts";

/** What happens at a provider, outside of the shop. A provider that is told of no money, and sends nothing, has none. */
interface Outside {
  pay(session: string): Promise<unknown>;
  /** A webhook with any content, as the provider signs it now. */
  sign(content: object): { body: string; headers: Record<string, string> };
  /** A webhook about a session. */
  news(session: string): object;
}

const total = { amount: 1900, currency: "EUR" } as const;
const urls = { back: "https://shop.example/back", cancel: "https://shop.example/cancel" };

let app: TestApp;
let shop: StripeShop;
beforeAll(async () => {
  app = await createTestApp({ isLocalDemo: true });
  shop = await createStripeShop({ clock: app.clock });
});
afterAll(async () => {
  await shop.close();
  await app.close();
});

const demo: Outside = {
  pay: async (session) => app.dependencies.demoProvider?.act(session, { outcome: "pay", isUntold: true }),
  sign: (content) => signedByDemo(app, content),
  news: (session) => ({ id: `event of ${session}`, kind: "payment.paid", session }),
};

const stripe: Outside = {
  // Stripe's page takes nothing for a session that has ended.
  pay: async (session) => shop.stripe.session(session).status === "open" && shop.stripe.act(session, "pay"),
  sign: (content) => shop.sign(content),
  news: (session) => shop.eventOf(session),
};

describe.each([
  { name: "demo", shopOf: () => app, outside: demo },
  { name: "manual", shopOf: () => app, outside: null },
  { name: "stripe", shopOf: () => shop.app, outside: stripe },
])("the payment provider $name", ({ name, shopOf, outside }) => {
  let provider: PaymentProvider;
  beforeAll(() => {
    provider = providerNamed(shopOf().dependencies.payments, name);
  });

  function newOrder(): FrozenOrder {
    const order = { id: randomUUID(), ref: orderRef(), attempt: 1, total };
    return { ...order, email: "ada@example.com", itemName: "Field notes" };
  }

  const begin = async (order = newOrder()) => (await provider.begin(order, urls)).session;

  async function paidPayment({ pay }: Outside): Promise<string> {
    const session = await begin();
    await pay(session);
    return (await provider.look(session))?.payment ?? "";
  }

  it("has its name in the addresses of webhooks", () => {
    expect(provider.name).toBe(name);
  });

  it("begins an attempt once, however often it is asked", async () => {
    const order = newOrder();
    const atOnce = await Promise.all([1, 2, 3].map(() => provider.begin(order, urls)));
    app.clock.advance("1m");
    const begun = [...atOnce, await provider.begin(order, urls)];
    expect(new Set(begun.map(({ payAt }) => payAt)).size).toBe(1);
    const sessions = [...begun.map(({ session }) => session), await begin({ ...order, attempt: 2 }), await begin()];
    expect(new Set(sessions).size).toBe(3);
  });

  it("takes the payment of an open attempt until a time that it names", async () => {
    const { session, endsAt } = await provider.begin(newOrder(), urls);
    expect(endsAt.getTime()).toBeGreaterThan(app.clock.now());
    expect(await provider.look(session)).toEqual({ is: "open", paid: null, payment: null });
  });

  it("knows of no money for a session that it has not begun", async () => {
    expect((await provider.look("no-such-session"))?.paid ?? null).toBeNull();
  });

  it("refunds once for each key", async () => {
    const payment = outside ? await paidPayment(outside) : "a payment";
    const refund = (key: string) => provider.refund(payment, { ...total, amount: 500 }, key);
    const key = randomUUID();
    const first = await refund(key);
    expect(first).toMatchObject({ is: "done", refund: expect.any(String) });
    expect(await refund(key)).toEqual(first);
    expect(await refund(randomUUID())).not.toEqual(first);
  });

  it("cancels a session, twice without harm, and one that it has not begun", async () => {
    const session = await begin();
    await provider.cancel(session);
    const state = await provider.look(session);
    await outside?.pay(session);
    await provider.cancel(session);
    expect(await provider.look(session)).toEqual(state);
    await provider.cancel("no-such-session");
  });

  if (outside) {
    it("says what was paid, and cancels no payment", async () => {
      const session = await begin();
      await outside.pay(session);
      const state = await provider.look(session);
      expect(state).toMatchObject({ is: "paid", paid: total, payment: expect.any(String) });
      await provider.cancel(session);
      expect(await provider.look(session)).toEqual(state);
    });

    it("R93: hears what it has signed itself, and what concerns an order", async () => {
      const session = await begin();
      const hear = ({ body, headers }: { body: string; headers: Record<string, string> }) =>
        provider.hear?.(
          Buffer.from(body),
          Object.fromEntries(Object.entries(headers).map(([header, value]) => [header.toLowerCase(), value])),
        );
      const signed = outside.sign(outside.news(session));
      expect(hear(signed)).toMatchObject({ id: expect.any(String), kind: expect.any(String), session });
      expect(hear(outside.sign({ about: "something else" }))).toBeNull();
      expect(() => hear({ ...signed, headers: {} })).toThrow(WebhookInvalid);
      expect(() => hear({ ...signed, body: `${signed.body} ` })).toThrow(WebhookInvalid);
      app.clock.advance("6m");
      expect(() => hear(signed)).toThrow(WebhookInvalid);
    });
  } else {
    it("R93: hears nothing, so that its address for webhooks is not found", async () => {
      expect(provider.hear).toBeNull();
      const answer = await app.visitor().post(`/webhooks/${name}`, { json: { session: "a" } });
      expect(answer.status).toBe(404);
    });
  }
});
