import { randomUUID } from "node:crypto";
import type { Product, Sale } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";
import { issueOrderKey } from "../../src/sales/orders/issue-order-key.ts";
import { OrderEntity } from "../../src/sales/orders/order.entity.ts";
import { ProviderUnavailable } from "../../src/sales/payments/payment-provider.ts";
import type { TestApp } from "../test-app.ts";
import type { Fixtures } from "./fixtures.ts";

export const PRICE = { amount: 1200, currency: "EUR" };
export const NOTE = { kind: "note", title: "Thank you", body: "Fold along the **dotted** line." };
export const LINK = { kind: "link", title: "Video", body: "https://example.com/video" };

/** A seller with a product, a note and a link. */
export async function seller({ newUser }: Fixtures, where?: TestApp, more: object = {}) {
  const { client } = await newUser(where);
  const { json } = await client.post<Product>("/api/products", { json: { name: "Paper moon", price: PRICE, ...more } });
  const path = `/api/products/${json.slug}/contents`;
  await client.post(path, { json: LINK });
  const { json: contents } = await client.post<{ items: { id: string }[] }>(path, { json: NOTE });
  return { client, slug: json.slug, id: contents.items[0]?.id ?? "" };
}

export const orderOf = (fixtures: Fixtures, price: object = PRICE) => ({
  ...{ email: fixtures.newEmail("grace"), seenPrice: price, hasConsented: true, attempt: randomUUID() },
});

/** A buyer in the local demo who has begun an order. */
export async function buyer(fixtures: Fixtures, more: object = {}) {
  const { slug } = await seller(fixtures, fixtures.demo, more);
  const client = fixtures.visitor(fixtures.demo);
  const free = { amount: 0, currency: "EUR" };
  const json = orderOf(fixtures, "price" in more ? free : PRICE);
  const { json: begun } = await client.post<{ ref: string; payAt: string | null }>(`/api/products/${slug}/checkout`, {
    json,
  });
  return { client, slug, ref: begun.ref, session: begun.payAt?.split("/").at(-1) ?? "" };
}

export async function paidBuyer(fixtures: Fixtures, outcome = "pay") {
  const begun = await buyer(fixtures);
  await begun.client.post(`/api/demo-payments/${begun.session}`, { json: { outcome, isUntold: true } });
  await begun.client.post(`/api/orders/${begun.ref}/check`);
  return begun;
}

/** The token of the newest mail that has such a link. */
export async function tokenOf({ demo, visitor }: Fixtures, link: string): Promise<string> {
  const { json } = await visitor(demo).get<{ items: { id: string }[] }>("/api/outbox");
  for (const { id } of json.items) {
    const { json: mail } = await visitor(demo).get<{ text: string }>(`/api/outbox/${id}`);
    const after = mail.text.split(link)[1];
    if (after !== undefined) return /^[\w-]+/.exec(after)?.[0] ?? "";
  }
  return "";
}

/** Orders a product in the local demo. */
export async function order(fixtures: Fixtures, slug: string, client: Client, isPaid = true) {
  const path = `/api/products/${slug}/checkout`;
  const { json } = await client.post<{ ref: string; payAt: string | null }>(path, { json: orderOf(fixtures) });
  const session = json.payAt?.split("/").at(-1);
  if (isPaid) await client.post(`/api/demo-payments/${session}`, { json: { outcome: "pay", isUntold: true } });
  await client.post(`/api/orders/${json.ref}/check`);
  return json.ref;
}

/** A seller in the local demo, and an order of theirs. */
export async function sold(fixtures: Fixtures, { isPaid = true } = {}) {
  const { client, slug } = await seller(fixtures, fixtures.demo);
  const ref = await order(fixtures, slug, fixtures.visitor(fixtures.demo), isPaid);
  return { seller: client, slug, ref };
}

/** An order that was paid twice: the first payment was declined, and arrived when the second had been paid. */
export async function soldTwice(fixtures: Fixtures) {
  const { client, slug } = await seller(fixtures, fixtures.demo);
  const buyer = fixtures.visitor(fixtures.demo);
  const json = orderOf(fixtures);
  const begin = async () => {
    const path = `/api/products/${slug}/checkout`;
    const { json: begun } = await buyer.post<{ ref: string; payAt: string }>(path, { json });
    return { ref: begun.ref, session: begun.payAt.split("/").at(-1) ?? "" };
  };
  const act = (session: string, outcome: string) =>
    buyer.post(`/api/demo-payments/${session}`, { json: { outcome, isUntold: true } });
  const { ref, session: first } = await begin();
  await act(first, "decline");
  await act((await begin()).session, "pay");
  await buyer.post(`/api/orders/${ref}/check`);
  const { database } = fixtures.demo.dependencies;
  await database.fork().execute("update demo_payments set state = 'paid' where session = ?", [first]);
  await buyer.post(`/api/orders/${ref}/check`);
  return withExtraPayment(client, ref);
}

/** An order whose buyer paid another amount. */
export async function soldForOtherAmount(fixtures: Fixtures) {
  const found = await sold(fixtures, { isPaid: false });
  const { database } = fixtures.demo.dependencies;
  await database
    .fork()
    .execute("update demo_payments set state = 'paid', amount = 700 where order_ref = ?", [found.ref]);
  await found.seller.post(`/api/sales/${found.ref}/check`);
  return withExtraPayment(found.seller, found.ref);
}

async function withExtraPayment(client: Client, ref: string) {
  const { json } = await client.get<Sale>(`/api/sales/${ref}`);
  return { seller: client, ref, extraPayment: json.extraPayments[0]?.id ?? "" };
}

/** An order whose buyer paid another amount, and got it back. */
export async function refundedOtherAmount(fixtures: Fixtures) {
  const begun = await buyer(fixtures);
  const em = fixtures.demo.dependencies.database.fork();
  await em.execute("update demo_payments set state = 'paid', amount = 700 where order_ref = ?", [begun.ref]);
  await begun.client.post(`/api/orders/${begun.ref}/check`);
  await em.execute("update orders set state = 'expired', trouble = null where ref = ?", [begun.ref]);
  return begun;
}

/** Does something in the demo while its provider sells in the seller's place, as Stripe does under Managed Payments. */
export async function withMerchantOfRecord<Result>({ demo }: Fixtures, work: () => Promise<Result>): Promise<Result> {
  const provider = demo.dependencies.demoProvider;
  if (!provider) throw new Error("The demo has a provider");
  Object.assign(provider, { merchantOfRecord: "Link by Stripe" });
  try {
    return await work();
  } finally {
    Object.assign(provider, { merchantOfRecord: null });
  }
}

/** An order that is paid outside of the shop. */
export async function soldByHand(fixtures: Fixtures) {
  const found = await sold(fixtures, { isPaid: false });
  await fixtures.demo.dependencies.database
    .fork()
    .execute("update payment_attempts set provider = 'manual' where order_id = (select id from orders where ref = ?)", [
      found.ref,
    ]);
  return found;
}

/** A buyer whose order is to be paid outside of the shop; by default they were emailed how. */
export async function buyerByHand(fixtures: Fixtures, { isMailed = true } = {}) {
  const begun = await buyer(fixtures);
  const em = fixtures.demo.dependencies.database.fork();
  const words = "Send it to\nIBAN DE02 1203 0000 0000 2020 51";
  await em.execute("update orders set pay_instructions = ? where ref = ?", [words, begun.ref]);
  await em.execute(
    "update payment_attempts set provider = 'manual', pay_at = null where order_id = (select id from orders where ref = ?)",
    [begun.ref],
  );
  if (!isMailed) return begun;
  const { id: orderId, email: mailedTo } = await em.findOneOrFail(OrderEntity, { ref: begun.ref });
  await issueOrderKey({ em, clock: fixtures.demo.clock }, { orderId, mailedTo });
  return begun;
}

/** Ends the time to pay an order so long ago that no money is expected any more. */
export async function endTimeToPay({ clock, demo }: Fixtures, ref: string): Promise<void> {
  const longAgo = new Date(clock.now() - 4 * 24 * 60 * 60_000);
  await demo.dependencies.database.fork().execute("update orders set pay_until = ? where ref = ?", [longAgo, ref]);
}

/** A user of the local demo who has bought with their account. */
export async function accountBuyer(fixtures: Fixtures, count = 1) {
  const { slug } = await seller(fixtures, fixtures.demo);
  const person = await fixtures.newUser(fixtures.demo);
  for (let number = 0; number < count; number += 1) await order(fixtures, slug, person.client);
  return person;
}

/** A buyer of a free product, which needs no payments. */
export async function freeBuyer(fixtures: Fixtures, where: TestApp) {
  const free = { amount: 0, currency: "EUR" };
  const { client: owner, slug } = await seller(fixtures, where, { price: free });
  const client = fixtures.visitor(where);
  const { json } = await client.post<{ ref: string }>(`/api/products/${slug}/checkout`, {
    json: orderOf(fixtures, free),
  });
  return { client, seller: owner, ref: json.ref };
}

export async function whileUnreachable<Result>(
  { demo }: Fixtures,
  method: "begin" | "look" | "refund",
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
