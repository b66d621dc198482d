import { createHmac, randomUUID } from "node:crypto";
import type { EndpointName, Product } from "@yumroad/contract";
import { ProviderUnavailable } from "../../../src/sales/payments/payment-provider.ts";
import { signWebhook } from "../../../src/sales/payments/webhook-signature.ts";
import type { TestApp } from "../../test-app.ts";
import type { Fixtures } from "../fixtures.ts";
import { type Asked, type Interaction, type Interactions, untilLimited } from "../interaction.ts";

const PRICE = { amount: 1200, currency: "EUR" };
const NOTE = { kind: "note", title: "Thank you", body: "Fold along the **dotted** line." };
const LINK = { kind: "link", title: "Video", body: "https://example.com/video" };

/** A seller with a product, a note and a link. */
async function seller({ newUser }: Fixtures, where?: TestApp, more: object = {}) {
  const { client } = await newUser(where);
  const { json } = await client.post<Product>("/api/products", { json: { name: "Paper moon", price: PRICE, ...more } });
  const path = `/api/products/${json.slug}/contents`;
  await client.post(path, { json: LINK });
  const { json: contents } = await client.post<{ items: { id: string }[] }>(path, { json: NOTE });
  return { client, slug: json.slug, id: contents.items[0]?.id ?? "" };
}

const orderOf = (fixtures: Fixtures, price: object = PRICE) => ({
  ...{ email: fixtures.newEmail("grace"), seenPrice: price, hasConsented: true, attempt: randomUUID() },
});

/** A buyer in the local demo who has begun an order. */
async function buyer(fixtures: Fixtures, more: object = {}) {
  const { slug } = await seller(fixtures, fixtures.demo, more);
  const client = fixtures.visitor(fixtures.demo);
  const free = { amount: 0, currency: "EUR" };
  const json = orderOf(fixtures, "price" in more ? free : PRICE);
  const { json: begun } = await client.post<{ ref: string; payAt: string | null }>(`/api/products/${slug}/checkout`, {
    json,
  });
  return { client, slug, ref: begun.ref, session: begun.payAt?.split("/").at(-1) ?? "" };
}

async function paidBuyer(fixtures: Fixtures, outcome = "pay") {
  const begun = await buyer(fixtures);
  await begun.client.post(`/api/demo-payments/${begun.session}`, { json: { outcome, isUntold: true } });
  await begun.client.post(`/api/orders/${begun.ref}/check`);
  return begun;
}

/** The key of the link in the receipt of an order. */
async function keyOf({ demo, visitor }: Fixtures, ref: string): Promise<string> {
  const { json } = await visitor(demo).get<{ items: { id: string; kind: string }[] }>("/api/outbox");
  for (const { id } of json.items) {
    const { json: mail } = await visitor(demo).get<{ text: string }>(`/api/outbox/${id}`);
    const [, key] = new RegExp(`/orders/${ref}#key=([\\w-]+)`).exec(mail.text) ?? [];
    if (key) return key;
  }
  return "";
}

function webhook({ demo }: Fixtures, more: Asked = {}): Asked {
  const secret = createHmac("sha256", demo.config.sessionSecrets[0] ?? "")
    .update("yumroad demo payments")
    .digest("hex");
  const body = JSON.stringify({ id: "event-1", kind: "payment.paid", session: "no-such-session" });
  const signature = signWebhook(body, { secret, now: demo.clock.now() });
  const headers = { "Content-Type": "application/json", "Demo-Signature": signature };
  return { params: { provider: "demo" }, body, headers, ...more };
}

const forOwn =
  (more: Asked = {}): Interaction =>
  async (fixtures, ask) => {
    const { client, slug, id } = await seller(fixtures);
    return ask(client, { params: { slug, id }, ...more });
  };

/** Only the demo has such payments. */
const failingDemo = {
  database_unavailable: (fixtures, ask) => {
    fixtures.failing.demo.failWith(Object.assign(new Error("disk I/O error"), { code: "SQLITE_IOERR_READ" }));
    const asked = { params: { session: "A".repeat(43) }, json: { outcome: "pay" } };
    return ask(fixtures.visitor(fixtures.failing.demo.app), asked);
  },
  internal_error: (fixtures, ask) => {
    fixtures.failing.demo.failWith(new Error("a fault of ours"));
    const asked = { params: { session: "A".repeat(43) }, json: { outcome: "pay" } };
    return ask(fixtures.visitor(fixtures.failing.demo.app), asked);
  },
} satisfies Interactions;

export const saleInteractions = {
  "contents.list": {
    success: forOwn(),
    "success: nothing yet": async (fixtures, ask) => {
      const { client } = await fixtures.newUser();
      const { json } = await client.post<Product>("/api/products", { json: { name: "Paper moon", price: PRICE } });
      return ask(client, { params: { slug: json.slug } });
    },
  },
  "contents.create": {
    success: forOwn({ json: NOTE }),
    "success: a link": forOwn({ json: LINK }),
    "invalid_input: no https": forOwn({ json: { ...LINK, body: "javascript:alert(1)" } }),
    too_many_contents: async (fixtures, ask) => {
      const { client, slug } = await seller(fixtures);
      for (let count = 2; count < 50; count += 1) await client.post(`/api/products/${slug}/contents`, { json: NOTE });
      return ask(client, { params: { slug }, json: NOTE });
    },
  },
  "contents.change": { success: forOwn({ json: { ...NOTE, title: "Thanks" } }) },
  "contents.remove": { success: forOwn() },

  "checkout.get": {
    success: async (fixtures, ask) => {
      const { slug } = await seller(fixtures, fixtures.demo);
      return ask(fixtures.visitor(fixtures.demo), { params: { slug } });
    },
    "success: it is free": async (fixtures, ask) => {
      const { slug } = await seller(fixtures, fixtures.demo, { price: { amount: 0, currency: "EUR" } });
      return ask(fixtures.visitor(fixtures.demo), { params: { slug } });
    },
    "success: no payments": async (fixtures, ask) => {
      const { slug } = await seller(fixtures);
      return ask(fixtures.visitor(), { params: { slug } });
    },
  },
  "checkout.begin": {
    success: async (fixtures, ask) => {
      const { slug } = await seller(fixtures, fixtures.demo);
      return ask(fixtures.visitor(fixtures.demo), { params: { slug }, json: orderOf(fixtures) });
    },
    "success: it is free": async (fixtures, ask) => {
      const free = { amount: 0, currency: "EUR" };
      const { slug } = await seller(fixtures, fixtures.demo, { price: free });
      return ask(fixtures.visitor(fixtures.demo), { params: { slug }, json: orderOf(fixtures, free) });
    },
    "invalid_input: no consent": async (fixtures, ask) => {
      const { slug } = await seller(fixtures, fixtures.demo);
      const json = { ...orderOf(fixtures), hasConsented: false };
      return ask(fixtures.visitor(fixtures.demo), { params: { slug }, json });
    },
    price_changed: async (fixtures, ask) => {
      const { slug } = await seller(fixtures, fixtures.demo);
      return ask(fixtures.visitor(fixtures.demo), {
        params: { slug },
        json: orderOf(fixtures, { ...PRICE, amount: 1 }),
      });
    },
    own_product: async (fixtures, ask) => {
      const { client, slug } = await seller(fixtures, fixtures.demo);
      return ask(client, { params: { slug }, json: orderOf(fixtures) });
    },
    attempt_reused: async (fixtures, ask) => {
      const { slug } = await seller(fixtures, fixtures.demo);
      const client = fixtures.visitor(fixtures.demo);
      const json = orderOf(fixtures);
      await client.post(`/api/products/${slug}/checkout`, { json });
      return ask(client, { params: { slug }, json: { ...json, email: fixtures.newEmail("grace") } });
    },
    checkout_not_set_up: async (fixtures, ask) => {
      const { slug } = await seller(fixtures);
      return ask(fixtures.visitor(), { params: { slug }, json: orderOf(fixtures) });
    },
    payments_unavailable: async (fixtures, ask) => {
      const { slug } = await seller(fixtures, fixtures.demo);
      const provider = fixtures.demo.dependencies.demoProvider;
      if (!provider) throw new Error("The demo has a provider");
      const begin = provider.begin;
      provider.begin = () => Promise.reject(new ProviderUnavailable("not now"));
      const answer = await ask(fixtures.visitor(fixtures.demo), { params: { slug }, json: orderOf(fixtures) });
      provider.begin = begin;
      return answer;
    },
    rate_limited: async (fixtures, ask) => {
      const { slug } = await seller(fixtures);
      const client = fixtures.visitor(fixtures.exhausted);
      return untilLimited(() => ask(client, { params: { slug }, json: orderOf(fixtures) }));
    },
  },

  "orders.get": {
    success: async (fixtures, ask) => {
      const { client, ref } = await paidBuyer(fixtures);
      return ask(client, { params: { ref } });
    },
    "success: not paid": async (fixtures, ask) => {
      const { client, ref } = await buyer(fixtures);
      return ask(client, { params: { ref } });
    },
    "success: it is free": async (fixtures, ask) => {
      const { client, ref } = await buyer(fixtures, { price: { amount: 0, currency: "EUR" } });
      return ask(client, { params: { ref } });
    },
    "success: declined": async (fixtures, ask) => {
      const { client, ref } = await paidBuyer(fixtures, "decline");
      return ask(client, { params: { ref } });
    },
    "success: under way": async (fixtures, ask) => {
      const { client, ref } = await paidBuyer(fixtures, "pay_later");
      return ask(client, { params: { ref } });
    },
    "success: in trouble": async (fixtures, ask) => {
      const provider = fixtures.demo.dependencies.demoProvider;
      if (!provider) throw new Error("The demo has a provider");
      const look = provider.look;
      provider.look = async (session) => ({ ...(await look(session)), paid: { amount: 1, currency: "EUR" } });
      const { client, ref } = await paidBuyer(fixtures);
      provider.look = look;
      return ask(client, { params: { ref } });
    },
  },
  "orders.open": {
    success: async (fixtures, ask) => {
      const { ref } = await paidBuyer(fixtures);
      return ask(fixtures.visitor(fixtures.demo), { params: { ref }, json: { token: await keyOf(fixtures, ref) } });
    },
    not_found: (fixtures, ask) => ask(fixtures.visitor(), { params: { ref: "no-ref" }, json: { token: "A" } }),
    link_invalid: async (fixtures, ask) =>
      ask(fixtures.visitor(), { params: { ref: "0000000000" }, json: { token: "A".repeat(43) } }),
    rate_limited: async (fixtures, ask) => {
      const client = fixtures.visitor(fixtures.exhausted);
      return untilLimited(() => ask(client, { params: { ref: "0000000000" }, json: { token: "A".repeat(43) } }));
    },
  },
  "orders.check": {
    success: async (fixtures, ask) => {
      const { client, ref } = await paidBuyer(fixtures);
      return ask(client, { params: { ref } });
    },
    "success: declined": async (fixtures, ask) => {
      const { client, ref } = await paidBuyer(fixtures, "decline");
      return ask(client, { params: { ref } });
    },
    "success: under way": async (fixtures, ask) => {
      const { client, ref } = await paidBuyer(fixtures, "pay_later");
      return ask(client, { params: { ref } });
    },
    "success: not paid": async (fixtures, ask) => {
      const { client, ref } = await buyer(fixtures);
      return ask(client, { params: { ref } });
    },
    rate_limited: async (fixtures, ask) => {
      const { client, ref } = await paidBuyer(fixtures, "decline");
      let answer = await ask(client, { params: { ref } });
      for (let tries = 0; tries < 70 && answer.status !== 429; tries += 1)
        answer = await ask(client, { params: { ref } });
      return answer;
    },
  },

  "payments.hear": {
    success: (fixtures, ask) => ask(fixtures.visitor(fixtures.demo), webhook(fixtures)),
    not_found: (fixtures, ask) => ask(fixtures.visitor(), webhook(fixtures)),
    webhook_invalid: (fixtures, ask) =>
      ask(fixtures.visitor(fixtures.demo), webhook(fixtures, { headers: { "Content-Type": "application/json" } })),
    database_unavailable: (fixtures, ask) => {
      fixtures.failing.demo.failWith(Object.assign(new Error("disk I/O error"), { code: "SQLITE_IOERR_READ" }));
      return ask(fixtures.visitor(fixtures.failing.demo.app), webhook(fixtures));
    },
    internal_error: (fixtures, ask) => {
      fixtures.failing.demo.failWith(new Error("a fault of ours"));
      return ask(fixtures.visitor(fixtures.failing.demo.app), webhook(fixtures));
    },
    payload_too_large: (fixtures, ask) =>
      ask(fixtures.visitor(fixtures.demo), webhook(fixtures, { body: "x".repeat(1_100_000) })),
    rate_limited: (fixtures, ask) =>
      untilLimited(() =>
        ask(fixtures.visitor(fixtures.exhausted), {
          ...{ params: { provider: "demo" }, body: "{}", headers: { "Content-Type": "application/json" } },
        }),
      ),
  },
  "payments.getDemo": {
    ...failingDemo,
    success: async (fixtures, ask) => {
      const { client, session } = await buyer(fixtures);
      return ask(client, { params: { session } });
    },
  },
  "payments.actOnDemo": {
    ...failingDemo,
    not_found: (fixtures, ask) =>
      ask(fixtures.visitor(fixtures.demo), { params: { session: "A".repeat(43) }, json: { outcome: "pay" } }),
    success: async (fixtures, ask) => {
      const { client, session } = await buyer(fixtures);
      return ask(client, { params: { session }, json: { outcome: "pay", isUntold: true } });
    },
    "success: declined": async (fixtures, ask) => {
      const { client, session } = await buyer(fixtures);
      return ask(client, { params: { session }, json: { outcome: "decline", isUntold: true } });
    },
    "success: later": async (fixtures, ask) => {
      const { client, session } = await buyer(fixtures);
      return ask(client, { params: { session }, json: { outcome: "pay_later", isUntold: true } });
    },
  },
} satisfies Partial<Record<EndpointName, Interactions>>;
