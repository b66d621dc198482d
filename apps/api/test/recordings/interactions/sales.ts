import { createHmac, randomUUID } from "node:crypto";
import type { EndpointName, Product } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";
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

/** The token of the newest mail that has such a link. */
async function tokenOf({ demo, visitor }: Fixtures, link: string): Promise<string> {
  const { json } = await visitor(demo).get<{ items: { id: string }[] }>("/api/outbox");
  for (const { id } of json.items) {
    const { json: mail } = await visitor(demo).get<{ text: string }>(`/api/outbox/${id}`);
    const after = mail.text.split(link)[1];
    if (after !== undefined) return /^[\w-]+/.exec(after)?.[0] ?? "";
  }
  return "";
}

/** Orders a product in the local demo. */
async function order(fixtures: Fixtures, slug: string, client: Client, isPaid = true) {
  const path = `/api/products/${slug}/checkout`;
  const { json } = await client.post<{ ref: string; payAt: string | null }>(path, { json: orderOf(fixtures) });
  const session = json.payAt?.split("/").at(-1);
  if (isPaid) await client.post(`/api/demo-payments/${session}`, { json: { outcome: "pay", isUntold: true } });
  await client.post(`/api/orders/${json.ref}/check`);
  return json.ref;
}

/** A seller in the local demo, and an order of theirs. */
async function sold(fixtures: Fixtures, { isPaid = true } = {}) {
  const { client, slug } = await seller(fixtures, fixtures.demo);
  const ref = await order(fixtures, slug, fixtures.visitor(fixtures.demo), isPaid);
  return { seller: client, slug, ref };
}

/** An order that is paid outside of the shop. */
async function soldByHand(fixtures: Fixtures) {
  const found = await sold(fixtures, { isPaid: false });
  await fixtures.demo.dependencies.database
    .fork()
    .execute("update payment_attempts set provider = 'manual' where order_id = (select id from orders where ref = ?)", [
      found.ref,
    ]);
  return found;
}

/** A user of the local demo who has bought with their account. */
async function accountBuyer(fixtures: Fixtures, count = 1) {
  const { slug } = await seller(fixtures, fixtures.demo);
  const person = await fixtures.newUser(fixtures.demo);
  for (let number = 0; number < count; number += 1) await order(fixtures, slug, person.client);
  return person;
}

/** A buyer of a free product, which needs no payments. */
async function freeBuyer(fixtures: Fixtures, where: TestApp) {
  const free = { amount: 0, currency: "EUR" };
  const { client: owner, slug } = await seller(fixtures, where, { price: free });
  const client = fixtures.visitor(where);
  const { json } = await client.post<{ ref: string }>(`/api/products/${slug}/checkout`, {
    json: orderOf(fixtures, free),
  });
  return { client, seller: owner, ref: json.ref };
}

async function whileUnreachable<Result>(
  { demo }: Fixtures,
  method: "look" | "refund",
  work: () => Promise<Result>,
): Promise<Result> {
  const provider = demo.dependencies.demoProvider;
  if (!provider) throw new Error("The demo has a provider");
  const usual = provider[method];
  Object.assign(provider, { [method]: () => Promise.reject(new ProviderUnavailable("not now")) });
  try {
    return await work();
  } finally {
    Object.assign(provider, { [method]: usual });
  }
}

const refunding =
  (more: object): Interaction =>
  async (fixtures, ask) => {
    const { seller, ref } = await sold(fixtures);
    const json = { endsAccess: false, reason: "A torn page", attempt: randomUUID(), ...more };
    return ask(seller, { params: { ref }, json });
  };

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
      return ask(fixtures.visitor(fixtures.demo), {
        params: { ref },
        json: { token: await tokenOf(fixtures, `/orders/${ref}#key=`) },
      });
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

  "orders.resend": {
    success: async (fixtures, ask) => {
      const { client, ref } = await paidBuyer(fixtures);
      return ask(client, { params: { ref } });
    },
    rate_limited: async (fixtures, ask) => {
      const { client, ref } = await paidBuyer(fixtures);
      let answer = await ask(client, { params: { ref } });
      for (let tries = 0; tries < 10 && answer.status !== 429; tries += 1)
        answer = await ask(client, { params: { ref } });
      return answer;
    },
    mail_unavailable: async (fixtures, ask) => {
      const { client, ref } = await freeBuyer(fixtures, fixtures.mailless);
      return ask(client, { params: { ref } });
    },
  },
  "orders.changeEmail": {
    success: async (fixtures, ask) => {
      const { client, ref } = await paidBuyer(fixtures);
      return ask(client, { params: { ref }, json: { email: fixtures.newEmail("grace") } });
    },
    rate_limited: async (fixtures, ask) => {
      const { client, ref } = await paidBuyer(fixtures);
      const json = { email: fixtures.newEmail("grace") };
      let answer = await ask(client, { params: { ref }, json });
      for (let tries = 0; tries < 10 && answer.status !== 429; tries += 1)
        answer = await ask(client, { params: { ref }, json });
      return answer;
    },
    mail_unavailable: async (fixtures, ask) => {
      const { client, ref } = await freeBuyer(fixtures, fixtures.mailless);
      return ask(client, { params: { ref }, json: { email: "grace@example.com" } });
    },
  },
  "orders.undoEmailChange": {
    success: async (fixtures, ask) => {
      const { client, ref } = await paidBuyer(fixtures);
      const key = await tokenOf(fixtures, `/orders/${ref}#key=`);
      await client.post(`/api/orders/${ref}/open`, { json: { token: key } });
      await client.post(`/api/orders/${ref}/email`, { json: { email: fixtures.newEmail("grace") } });
      const token = await tokenOf(fixtures, `/orders/${ref}#undo=`);
      return ask(fixtures.visitor(fixtures.demo), { params: { ref }, json: { token } });
    },
    not_found: (fixtures, ask) => ask(fixtures.visitor(), { params: { ref: "no-ref" }, json: { token: "A" } }),
    link_invalid: async (fixtures, ask) =>
      ask(fixtures.visitor(), { params: { ref: "0000000000" }, json: { token: "A".repeat(43) } }),
    rate_limited: async (fixtures, ask) => {
      const client = fixtures.visitor(fixtures.exhausted);
      return untilLimited(() => ask(client, { params: { ref: "0000000000" }, json: { token: "A".repeat(43) } }));
    },
  },
  "purchases.find": {
    success: async (fixtures, ask) => ask(fixtures.visitor(), { json: { email: fixtures.newEmail("grace") } }),
    rate_limited: (fixtures, ask) =>
      untilLimited(() => ask(fixtures.visitor(fixtures.exhausted), { json: { email: fixtures.newEmail("grace") } })),
    mail_unavailable: (fixtures, ask) =>
      ask(fixtures.visitor(fixtures.mailless), { json: { email: fixtures.newEmail("grace") } }),
  },
  "purchases.open": {
    success: async (fixtures, ask) => {
      const { ref } = await paidBuyer(fixtures);
      const { demo } = fixtures;
      const em = demo.dependencies.database.fork();
      const [order] = await em.execute<{ email: string }[]>("select email from orders where ref = ?", [ref]);
      await fixtures.visitor(demo).post("/api/purchases/find", { json: { email: order?.email } });
      await demo.dependencies.purchaseLinkWorker.run();
      return ask(fixtures.visitor(demo), { json: { token: await tokenOf(fixtures, "/find-purchases#key=") } });
    },
    link_invalid: (fixtures, ask) => ask(fixtures.visitor(), { json: { token: "A".repeat(43) } }),
    rate_limited: (fixtures, ask) =>
      untilLimited(() => ask(fixtures.visitor(fixtures.exhausted), { json: { token: "A".repeat(43) } })),
  },
  "library.list": {
    success: async (fixtures, ask) => ask((await accountBuyer(fixtures)).client),
    "success: there is more": async (fixtures, ask) => {
      const { client } = await accountBuyer(fixtures, 2);
      return ask(client, { query: "?limit=1" });
    },
    "success: nothing bought": async (fixtures, ask) => ask((await fixtures.newUser()).client),
  },
  "sales.list": {
    success: async (fixtures, ask) => ask((await sold(fixtures)).seller),
    "success: there is more": async (fixtures, ask) => {
      const { seller, slug } = await sold(fixtures);
      await order(fixtures, slug, fixtures.visitor(fixtures.demo));
      return ask(seller, { query: "?limit=1" });
    },
    "success: nothing sold": async (fixtures, ask) => ask((await fixtures.newUser()).client),
  },
  "sales.get": {
    success: async (fixtures, ask) => {
      const { seller, ref } = await sold(fixtures);
      return ask(seller, { params: { ref } });
    },
    "success: refunded": async (fixtures, ask) => {
      const { seller, ref } = await sold(fixtures);
      const json = { amount: 1200, endsAccess: true, reason: "A torn page", attempt: randomUUID() };
      await seller.post(`/api/sales/${ref}/refunds`, { json });
      return ask(seller, { params: { ref } });
    },
    "success: not paid": async (fixtures, ask) => {
      const { seller, ref } = await sold(fixtures, { isPaid: false });
      return ask(seller, { params: { ref } });
    },
    "success: paid by hand": async (fixtures, ask) => {
      const { seller, ref } = await soldByHand(fixtures);
      return ask(seller, { params: { ref } });
    },
  },
  "sales.check": {
    success: async (fixtures, ask) => {
      const { seller, ref } = await sold(fixtures);
      return ask(seller, { params: { ref } });
    },
    "success: not paid": async (fixtures, ask) => {
      const { seller, ref } = await sold(fixtures, { isPaid: false });
      return ask(seller, { params: { ref } });
    },
    payments_unavailable: async (fixtures, ask) => {
      const { seller, ref } = await sold(fixtures, { isPaid: false });
      return whileUnreachable(fixtures, "look", () => ask(seller, { params: { ref } }));
    },
  },
  "sales.markAsPaid": {
    success: async (fixtures, ask) => {
      const { seller, ref } = await soldByHand(fixtures);
      return ask(seller, { params: { ref } });
    },
    not_payable_by_hand: async (fixtures, ask) => {
      const { seller, ref } = await sold(fixtures);
      return ask(seller, { params: { ref } });
    },
  },
  "sales.refund": {
    success: refunding({ amount: 500 }),
    "success: all of it": refunding({ amount: 1200, endsAccess: true }),
    refund_too_high: refunding({ amount: 1300 }),
    attempt_reused: async (fixtures, ask) => {
      const { seller, ref } = await sold(fixtures);
      const json = { amount: 500, endsAccess: false, reason: "", attempt: randomUUID() };
      await seller.post(`/api/sales/${ref}/refunds`, { json });
      return ask(seller, { params: { ref }, json: { ...json, amount: 400 } });
    },
    payments_unavailable: async (fixtures, ask) => {
      const { seller, ref } = await sold(fixtures);
      const json = { amount: 500, endsAccess: false, reason: "", attempt: randomUUID() };
      return whileUnreachable(fixtures, "refund", () => ask(seller, { params: { ref }, json }));
    },
  },
  "sales.changeAccess": {
    success: async (fixtures, ask) => {
      const { seller, ref } = await sold(fixtures);
      return ask(seller, { params: { ref }, json: { hasAccess: false } });
    },
  },
  "sales.resend": {
    success: async (fixtures, ask) => {
      const { seller, ref } = await sold(fixtures);
      return ask(seller, { params: { ref } });
    },
    rate_limited: async (fixtures, ask) => {
      const { seller, ref } = await sold(fixtures);
      let answer = await ask(seller, { params: { ref } });
      for (let tries = 0; tries < 10 && answer.status !== 429; tries += 1)
        answer = await ask(seller, { params: { ref } });
      return answer;
    },
    mail_unavailable: async (fixtures, ask) => {
      const { seller, ref } = await freeBuyer(fixtures, fixtures.mailless);
      return ask(seller, { params: { ref } });
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
