import { randomUUID } from "node:crypto";
import type { SalesSummary } from "@yumroad/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDemoSale, type DemoSale } from "../../../test/demo-sale.ts";
import { GOOD_PASSWORD } from "../../../test/test-app.ts";
import { demoLogin } from "../../demo/demo-stores.ts";

const euros = (amount: number) => ({ amount, currency: "EUR" });
const sum = (orders: number, gross: number, refunded = 0) => [
  { orders, gross: euros(gross), refunded: euros(refunded) },
];

describe("the summary of a seller's sales", () => {
  let shop: DemoSale;
  beforeAll(async () => {
    shop = await createDemoSale();
  });
  afterAll(() => shop.app.close());

  const summary = (zone: string, client = shop.seller) =>
    client.get<SalesSummary>(`/api/sales/summary?zone=${encodeURIComponent(zone)}`);

  it("R106: adds up what was sold and refunded today, in 7 and 28 days, and ever, in the seller's time zone", async () => {
    const start = shop.app.clock.now();
    const { ref } = await shop.buy();
    await shop.buy();
    const refund = { amount: 500, endsAccess: false, reason: "", attempt: randomUUID() };
    await shop.seller.post(`/api/sales/${ref}/refunds`, { json: refund });
    const { json, status } = await summary("Pacific/Kiritimati");
    expect(status).toBe(200);
    for (const sums of [json.today, json.last7Days, json.last28Days, json.allTime]) {
      expect(sums).toEqual(sum(2, 3800, 500));
    }
    const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Pacific/Kiritimati" }).format(start);
    expect(json.days).toHaveLength(28);
    expect(json.days.at(-1)).toEqual({ date: today, sums: sum(2, 3800, 500) });
    expect(json.bestSellers).toEqual([{ name: "Field notes", slug: shop.product.slug, orders: 2, gross: euros(3800) }]);

    shop.app.clock.advance("3d");
    const { client } = await shop.app.logIn(demoLogin);
    const later = (await summary("Pacific/Kiritimati", client)).json;
    expect([later.today, later.last7Days]).toEqual([[], sum(2, 3800, 500)]);
    expect(later.days.at(-4)).toEqual({ date: today, sums: sum(2, 3800, 500) });
  });

  it("R106: is of their own store alone, and refuses a time zone that is none", async () => {
    const other = await shop.app.signUp({ password: GOOD_PASSWORD });
    const { json } = await summary("Europe/Lisbon", other.client);
    expect([json.allTime, json.bestSellers]).toEqual([[], []]);
    expect((await summary("Europe/Atlantis", other.client)).status).toBe(422);
  });
});
