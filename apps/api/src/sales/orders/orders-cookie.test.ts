import { randomUUID } from "node:crypto";
import type { Client } from "@yumroad/testkit";
import { describe, expect, it, onTestFinished } from "vitest";
import { createDemoSale, type DemoSale, tokenIn } from "../../../test/demo-sale.ts";

async function openShop(price?: object): Promise<DemoSale> {
  const shop = await createDemoSale(price ? { price } : {});
  onTestFinished(shop.app.close);
  return shop;
}

const statusFor = async (client: Client, ref: string) => (await client.get(`/api/orders/${ref}`)).status;

describe("the cookie of a browser that has begun orders", () => {
  /** The answer to a copy of a browser's cookie. */
  async function copyOf({ app }: DemoSale, buyer: Client) {
    const headers = { Cookie: `yumroad-orders=${buyer.cookies.get("yumroad-orders")?.value}` };
    return async (ref: string) => (await app.visitor().get(`/api/orders/${ref}`, { headers })).status;
  }

  it("R92: opens nothing after a log-out, not even a copy; the mailed key does", async () => {
    const shop = await openShop();
    const { ref, email, buyer } = await shop.buy();
    const statusOfCopy = await copyOf(shop, buyer);
    expect(await statusOfCopy(ref)).toBe(200);
    expect((await buyer.post("/api/auth/logout")).status).toBe(204);
    expect([await statusFor(buyer, ref), await statusOfCopy(ref)]).toEqual([404, 404]);
    const json = { token: tokenIn(await shop.mailTo(email)) };
    expect((await buyer.post(`/api/orders/${ref}/open`, { json })).status).toBe(200);
  });

  it("R92: ends after 30 days, in a browser that keeps it as well", async () => {
    const shop = await openShop();
    const { ref, buyer } = await shop.buy();
    const statusOfCopy = await copyOf(shop, buyer);
    shop.app.clock.advance("29d");
    expect(await statusOfCopy(ref)).toBe(200);
    shop.app.clock.advance("1d");
    expect(await statusOfCopy(ref)).toBe(404);
  });

  it("R92: keeps no order open for longer when the browser begins another", async () => {
    const shop = await openShop();
    const { ref, buyer } = await shop.buy();
    shop.app.clock.advance("29d");
    const later = await shop.begin({}, buyer);
    shop.app.clock.advance("1d");
    expect([await statusFor(buyer, ref), await statusFor(buyer, later.ref)]).toEqual([404, 200]);
  });
});

describe("the same attempt again", () => {
  const begin = (shop: DemoSale, attempt: string, buyer = shop.app.visitor()) =>
    shop.begin({ email: "ada@example.com", attempt }, buyer);

  it("R92: opens an order that is not paid in a browser that has lost the answer, and one that is paid in none", async () => {
    const shop = await openShop();
    const attempt = randomUUID();
    const { ref, session, buyer } = await begin(shop, attempt);
    const again = await begin(shop, attempt);
    expect([again.ref, await statusFor(again.buyer, ref)]).toEqual([ref, 200]);
    await buyer.post(`/api/demo-payments/${session}`, { json: { outcome: "pay", isUntold: true } });
    await buyer.post(`/api/orders/${ref}/check`);
    expect(await statusFor((await begin(shop, attempt)).buyer, ref)).toBe(404);
    const keys = () => shop.app.dependencies.database.read("select id from order_keys", []);
    const before = await keys();
    expect(await statusFor((await begin(shop, attempt, buyer)).buyer, ref)).toBe(200);
    expect(await keys()).toEqual(before);
  });

  it("R92: opens a free order for ten minutes in a browser that has lost the answer", async () => {
    const shop = await openShop({ amount: 0, currency: "EUR" });
    const attempt = randomUUID();
    const { ref } = await begin(shop, attempt);
    expect(await statusFor((await begin(shop, attempt)).buyer, ref)).toBe(200);
    shop.app.clock.advance("10m");
    expect(await statusFor((await begin(shop, attempt)).buyer, ref)).toBe(404);
  });

  it("R92: opens no free order that a log-out has closed", async () => {
    const shop = await openShop({ amount: 0, currency: "EUR" });
    const attempt = randomUUID();
    const { ref, buyer } = await begin(shop, attempt);
    await buyer.post("/api/auth/logout");
    expect(await statusFor((await begin(shop, attempt)).buyer, ref)).toBe(404);
  });

  it("R97: opens no order whose email was ever changed", async () => {
    const shop = await openShop();
    const attempt = randomUUID();
    const { ref, buyer } = await begin(shop, attempt);
    for (const email of ["other@example.com", "ada@example.com"])
      expect((await buyer.post(`/api/orders/${ref}/email`, { json: { email } })).status).toBe(200);
    expect(await statusFor((await begin(shop, attempt)).buyer, ref)).toBe(404);
    expect(await statusFor((await begin(shop, attempt, buyer)).buyer, ref)).toBe(200);
  });
});
