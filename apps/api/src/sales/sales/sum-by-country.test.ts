import type { CountrySales, SalesByCountry } from "@yumroad/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDemoSale, type DemoSale } from "../../../test/demo-sale.ts";
import { insertOrders } from "../../../test/insert-orders.ts";
import { GOOD_PASSWORD } from "../../../test/test-app.ts";

describe("a seller's sales by country", () => {
  let shop: DemoSale;
  beforeAll(async () => {
    shop = await createDemoSale();
  });
  afterAll(() => shop.app.close());

  const ask = (zone = "UTC", client = shop.seller) =>
    client.get<SalesByCountry>(`/api/sales/countries?zone=${encodeURIComponent(zone)}`);
  const brief = ({ year, country, sales, salesOfUnknownTax, gross, tax, refunded, net }: CountrySales) => [
    year,
    country,
    sales,
    gross.currency,
    gross.amount,
    tax.amount,
    salesOfUnknownTax,
    refunded.amount,
    net.amount,
  ];

  it("R134: adds up by year, country and currency, and leaves out what is free, unpaid or another's", async () => {
    const at = (text: string) => new Date(`${text}Z`);
    const paid = (ref: string, time: string) => ({ ref, createdAt: at(time), paidAt: at(time) });
    const orders = [
      { ...paid("0000000001", "2024-06-01T10:00:00"), total: 1190, tax: 190, country: "DE" },
      // Half of it is refunded, and with it half of its tax.
      { ...paid("0000000002", "2024-06-02T10:00:00"), total: 2380, tax: 380, refunded: 1190, country: "DE" },
      { ...paid("0000000003", "2024-06-03T10:00:00"), total: 99_999_999, country: "DE" },
      { ...paid("0000000004", "2024-06-03T10:00:00"), total: 1900, currency: "JPY" as const, country: "DE" },
      { ...paid("0000000005", "2024-06-04T10:00:00"), total: 500 },
      { ...paid("0000000006", "2024-06-05T10:00:00"), total: 0, country: "FR" },
      { ...paid("0000000007", "2024-06-05T10:00:00"), total: 500, country: "FR", merchantOfRecord: "Stripe" },
      { ref: "0000000008", createdAt: at("2024-06-06T10:00:00"), total: 500, country: "FR" },
      // In Tokyo it is 2025 by then.
      { ...paid("0000000009", "2024-12-31T20:00:00"), total: 700, country: "PT" },
    ].map((order, index) => ({ ...order, number: 900 + index }));
    await insertOrders(shop.app.dependencies.database, { slug: shop.product.slug, orders });
    const { json, status } = await ask();
    expect(status).toBe(200);
    expect(json.thisYear).toBe(new Date(shop.app.clock.now()).getUTCFullYear());
    expect(json.salesOfMerchants).toBe(1);
    const german = [2024, "DE", 3, "EUR", 100_003_569, 570, 1, 1190, 100_001_999];
    expect(json.sums.map(brief)).toHaveLength(4);
    expect(json.sums.map(brief)).toEqual(
      expect.arrayContaining([
        german,
        [2024, "DE", 1, "JPY", 1900, 0, 1, 0, 1900],
        [2024, null, 1, "EUR", 500, 0, 1, 0, 500],
        [2024, "PT", 1, "EUR", 700, 0, 1, 0, 700],
      ]),
    );
    expect(json.sums.map(brief)[0]).toEqual(german);
    const inTokyo = (await ask("Asia/Tokyo")).json.sums.map(brief);
    expect(inTokyo[0]).toEqual([2025, "PT", 1, "EUR", 700, 0, 1, 0, 700]);
    const other = await shop.app.signUp({ password: GOOD_PASSWORD });
    expect((await ask("UTC", other.client)).json).toMatchObject({ sums: [], salesOfMerchants: 0 });
  });
});
