import { expect, it, onTestFinished } from "vitest";
import { createDemoSale, type DemoSale, tokenIn } from "../../test/demo-sale.ts";
import { signedWebhook } from "../../test/signed-webhook.ts";

async function openShop(): Promise<DemoSale> {
  const shop = await createDemoSale();
  onTestFinished(shop.app.close);
  return shop;
}

async function countAfter({ app }: DemoSale, pause: `${number}d`, tables: string[]): Promise<number[]> {
  app.clock.advance(pause);
  await app.dependencies.workers.sweep.run();
  const { database } = app.dependencies;
  return Promise.all(tables.map(async (table) => (await database.read(`select 1 from ${table}`, [])).length));
}

it("webhooks and the demo's payments are kept for 180 days, and orders stay", async () => {
  const shop = await openShop();
  const { session } = await shop.buy();
  await shop.app.visitor().post("/webhooks/demo", signedWebhook(shop.app, { id: "event-1", session }));
  expect(await countAfter(shop, "179d", ["payment_events", "demo_payments"])).toEqual([1, 1]);
  expect(await countAfter(shop, "2d", ["payment_events", "demo_payments", "orders"])).toEqual([0, 0, 1]);
});

it("links to purchases are kept for 30 days", async () => {
  const shop = await openShop();
  const { email } = await shop.buy();
  await shop.app.visitor().post("/api/purchases/find", { json: { email } });
  await shop.app.dependencies.workers.purchaseLinks.run();
  expect(await countAfter(shop, "29d", ["purchase_links"])).toEqual([1]);
  expect(await countAfter(shop, "2d", ["purchase_links"])).toEqual([0]);
});

it("changes of an order's email are kept for 30 days, with unused keys that they ended; good and used keys stay", async () => {
  const shop = await openShop();
  const { ref, email, buyer } = await shop.buy();
  // The key of the receipt is used, those of the mails to come are not.
  const json = { token: tokenIn(await shop.mailTo(email)) };
  await shop.app.visitor().post(`/api/orders/${ref}/open`, { json });
  for (const name of ["a", "b"])
    await buyer.post(`/api/orders/${ref}/email`, { json: { email: `${name}@example.com` } });
  const tables = ["order_email_changes", "order_keys", "order_keys where ended_at is null"];
  expect(await countAfter(shop, "29d", tables)).toEqual([2, 5, 2]);
  expect(await countAfter(shop, "2d", tables)).toEqual([0, 3, 2]);
});
