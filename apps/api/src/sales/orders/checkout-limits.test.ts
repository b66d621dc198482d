import { randomUUID } from "node:crypto";
import type { Problem, Product } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";
import { describe, expect, it, onTestFinished } from "vitest";
import { type BegunSale, createDemoSale, type DemoSale } from "../../../test/demo-sale.ts";
import { createTestApp } from "../../../test/test-app.ts";

describe.each([
  ["free", { amount: 0, currency: "EUR" }, 3],
  ["paid", { amount: 1900, currency: "EUR" }, 10],
] as const)("orders of %s products for one email", (_, price, most) => {
  async function openShop() {
    const shop = await createDemoSale({ price });
    onTestFinished(shop.app.close);
    return shop;
  }

  async function order(
    { app, product }: DemoSale,
    { email, buyer = app.visitor() }: { email: string; buyer?: Client },
  ) {
    const json = { email, seenPrice: price, hasConsented: true, attempt: randomUUID() };
    const answer = await buyer.post<Problem>(`/api/products/${product.slug}/checkout`, { json });
    return answer.status;
  }

  it("are bounded whoever asks, and the account that has verified it is not locked out by strangers", async () => {
    const shop = await openShop();
    const { client, user } = await shop.app.signUp();
    const { email } = user;
    for (let count = 0; count < most; count += 1) expect(await order(shop, { email })).toBe(201);
    expect(await order(shop, { email: email.toUpperCase() })).toBe(429);
    expect(await order(shop, { email, buyer: client }), "an account that only claims it").toBe(429);
    const em = shop.app.dependencies.database.fork();
    await em.execute("update users set email_verified_at = created_at where id = ?", [user.id]);
    for (let count = 0; count < most; count += 1) expect(await order(shop, { email, buyer: client })).toBe(201);
    expect(await order(shop, { email, buyer: client })).toBe(429);
    expect(await order(shop, { email: "another@example.com", buyer: client })).toBe(201);
  });
});

it.each([
  ["free", 0, 3],
  ["paid", 1900, 10],
] as const)(
  "R89: a %s order that is sent again and again is one order, and uses up nothing",
  async (_, amount, most) => {
    const price = { amount, currency: "EUR" };
    const shop = await createDemoSale({ price });
    onTestFinished(shop.app.close);
    const buyer = shop.app.visitor();
    const send = async (attempt: string) => {
      const json = { email: "ada@example.com", seenPrice: price, hasConsented: true, attempt };
      return (await buyer.post(`/api/products/${shop.product.slug}/checkout`, { json })).status;
    };
    const attempt = randomUUID();
    for (let count = 0; count < 15; count += 1) expect(await send(attempt)).toBe(201);
    for (let count = 1; count < most; count += 1) expect(await send(randomUUID())).toBe(201);
    expect(await send(randomUUID())).toBe(429);
    for (let count = 0; count < 16; count += 1) expect(await send(attempt)).toBe(201);
    expect(await send(attempt), "but not without end").toBe(429);
  },
);

it("strangers elsewhere use up no orders of paid products, which mail nobody until they are paid", async () => {
  const price = { amount: 1900, currency: "EUR" };
  const app = await createTestApp({ isLocalDemo: true });
  onTestFinished(app.close);
  const seller = await app.signUp();
  const { json: product } = await seller.client.post<Product>("/api/products", {
    json: { name: "Field notes", price },
  });
  const send = async (address: string) => {
    const json = { email: "ada@example.com", seenPrice: price, hasConsented: true, attempt: randomUUID() };
    const buyer = app.visitor({ headers: { "X-Forwarded-For": address } });
    return (await buyer.post(`/api/products/${product.slug}/checkout`, { json })).status;
  };
  for (let count = 0; count < 10; count += 1) expect(await send("203.0.113.1")).toBe(201);
  expect(await send("203.0.113.1")).toBe(429);
  expect(await send("198.51.100.1")).toBe(201);
});

it("mails about orders have a limit for their recipient, whatever the orders, and one for who causes them", async () => {
  const shop = await createDemoSale();
  onTestFinished(shop.app.close);
  const sales = [await shop.buy(), await shop.buy(), await shop.buy(), await shop.buy()];
  const victims = ["Victim@example.com", "victim@example.com"];
  const correct = async ({ buyer, ref }: BegunSale, email: string) =>
    (await buyer.post(`/api/orders/${ref}/email`, { json: { email } })).status;
  const resend = async ({ buyer, ref }: BegunSale) => (await buyer.post(`/api/orders/${ref}/receipt`)).status;
  for (const sale of sales.slice(0, 2)) {
    expect(await correct(sale, victims[0] ?? "")).toBe(200);
    for (let count = 0; count < 4; count += 1) expect(await resend(sale)).toBe(202);
  }
  const [, second, third] = sales;
  expect(second && (await resend(second))).toBe(429);
  expect(third && (await correct(third, victims[1] ?? ""))).toBe(429);
  expect(third && (await correct(third, "own@example.com"))).toBe(200);
  expect(second && (await correct(second, "own@example.com")), "away from the victim, who may be told").toBe(429);
});

describe("mails about paid orders", () => {
  const resend = async (client: Client, ref: string) => (await client.post(`/api/orders/${ref}/receipt`)).status;
  const resendBySeller = async ({ seller }: DemoSale, ref: string) =>
    (await seller.post(`/api/sales/${ref}/receipt`)).status;

  async function openShop() {
    const shop = await createDemoSale();
    onTestFinished(shop.app.close);
    return shop;
  }

  it("are not used up by a stranger who orders free products for the email", async () => {
    const shop = await openShop();
    const { ref, email, buyer } = await shop.buy();
    const other = await shop.buy();
    const price = { amount: 0, currency: "EUR" };
    const { json: free } = await shop.seller.post<Product>("/api/products", { json: { name: "Free notes", price } });
    const stranger = shop.app.visitor();
    const statuses: number[] = [];
    for (let count = 0; count < 3; count += 1) {
      const json = { email, seenPrice: price, hasConsented: true, attempt: randomUUID() };
      const begun = await stranger.post<{ ref: string }>(`/api/products/${free.slug}/checkout`, { json });
      for (let again = 0; again < 5; again += 1) statuses.push(await resend(stranger, begun.json.ref));
    }
    expect(statuses).toEqual([...Array(10).fill(202), ...Array(5).fill(429)]);
    expect(await resend(buyer, ref)).toBe(202);
    expect(await resendBySeller(shop, ref)).toBe(202);
    expect((await other.buyer.post(`/api/orders/${other.ref}/email`, { json: { email } })).status).toBe(200);
  });

  it("are counted apart for a seller, and for the account that has verified the email", async () => {
    const shop = await openShop();
    const { client, user } = await shop.app.signUp();
    const { email } = user;
    const sales = [await shop.buy({ email }), await shop.buy({ email })];
    const { ref, buyer } = await shop.buy({ email });
    for (const sale of sales)
      for (let count = 0; count < 5; count += 1) expect(await resend(sale.buyer, sale.ref)).toBe(202);
    expect(await resend(buyer, ref)).toBe(429);
    expect(await resendBySeller(shop, ref)).toBe(202);
    const em = shop.app.dependencies.database.fork();
    await em.execute("update users set email_verified_at = created_at where id = ?", [user.id]);
    expect(await resend(client, ref)).toBe(202);
  });
});
