import { randomUUID } from "node:crypto";
import type { Checkout, Order, Problem, Product } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../../test/test-app.ts";
import { demoLogin } from "../../demo/demo-stores.ts";

const EUR = (amount: number) => ({ amount, currency: "EUR" });
const named = (price: object) => ({ price, pricing: "pay_what_you_want" });

describe("a price that buyers name", () => {
  let app: TestApp;
  let seller: Client;
  beforeAll(async () => {
    app = await createTestApp({ isLocalDemo: true });
    seller = (await app.logIn(demoLogin)).client;
  });
  afterAll(() => app.close());

  async function add(terms: object, by = seller): Promise<Product> {
    return (await by.post<Product>("/api/products", { json: { name: "Field notes", ...terms } })).json;
  }

  let buyers = 0;
  function begin({ slug, price, pricing }: Product, more: object, buyer = app.visitor()) {
    buyers += 1;
    const seen = { seenPrice: price, seenPricing: pricing };
    const json = { email: `buyer-${buyers}@example.com`, ...seen, hasConsented: true, attempt: randomUUID(), ...more };
    return buyer.post<{ ref: string; payAt: string | null } & Problem>(`/api/products/${slug}/checkout`, { json });
  }

  it("R101: is shown with the least and the suggestion, and is what the order costs", async () => {
    const product = await add({ ...named(EUR(500)), suggestedAmount: 700 });
    const buyer = app.visitor();
    const { json: terms } = await buyer.get<Checkout>(`/api/products/${product.slug}/checkout`);
    expect(terms).toMatchObject({ ...named(EUR(500)), suggestedAmount: 700, canTakePayments: true });
    expect(terms.consentText).not.toBeNull();
    const { json } = await begin(product, { amount: 1234 }, buyer);
    const session = json.payAt?.split("/").at(-1);
    await buyer.post(`/api/demo-payments/${session}`, { json: { outcome: "pay", isUntold: true } });
    const { json: order } = await buyer.post<Order>(`/api/orders/${json.ref}/check`);
    expect(order).toMatchObject({ state: "paid", total: EUR(1234), items: [{ price: EUR(1234) }] });
  });

  it.each([
    [EUR(500), 499, "The least is EUR 5.00"],
    [EUR(500), undefined, "Enter an amount"],
    [EUR(500), 100_000_000, "Enter at most EUR 999,999.99"],
    [EUR(0), 99, "Enter at least EUR 1.00, or 0 for free"],
    [{ amount: 35_000, currency: "HUF" }, 35_050, "Enter whole forints, without decimals"],
  ])("R101: of at least %j, can't be %j", async (price, amount, message) => {
    const { status, json } = await begin(await add(named(price)), { amount });
    expect([status, json.issues]).toMatchObject([422, [{ path: ["amount"], message }]]);
  });

  it.each(["700", "٧٠٠", "7e2", -700, 700.5, 1e30, null, [700]])("is no %j", async (amount) => {
    const { status, json } = await begin(await add(named(EUR(500))), { amount });
    expect([status, json.issues?.[0]?.path]).toEqual([422, ["amount"]]);
  });

  it("R101: of nothing is delivered at once, without a payment and without consent, and counts as a free order", async () => {
    const product = await add(named(EUR(0)));
    const buyer = app.visitor();
    const take = () => begin(product, { amount: 0, hasConsented: false, email: "often@example.com" }, buyer);
    const { status, json } = await take();
    expect([status, json.payAt]).toEqual([201, null]);
    const { json: order } = await buyer.get<Order>(`/api/orders/${json.ref}`);
    expect(order).toMatchObject({ state: "paid", total: EUR(0), consent: null });
    expect([await take(), await take(), await take()].map((answer) => answer.status)).toEqual([201, 201, 429]);
  });

  it("R101: of something needs consent", async () => {
    const { json } = await begin(await add(named(EUR(0))), { amount: 100, hasConsented: false });
    expect(json.issues).toMatchObject([{ path: ["hasConsented"] }]);
  });

  it("R101: of another amount is another order", async () => {
    const product = await add(named(EUR(500)));
    const sent = { attempt: randomUUID(), email: "twice@example.com" };
    const first = await begin(product, { ...sent, amount: 700 });
    expect((await begin(product, { ...sent, amount: 700 })).json.ref).toBe(first.json.ref);
    expect((await begin(product, { ...sent, amount: 800 })).json.code).toBe("attempt_reused");
  });

  it("R101: that has become a fixed one, or was one, has changed", async () => {
    const [fixed, free] = [await add({ price: EUR(500) }), await add(named(EUR(500)))];
    expect((await begin({ ...fixed, pricing: "pay_what_you_want" }, { amount: 500 })).json.code).toBe("price_changed");
    expect((await begin({ ...free, pricing: "fixed" }, {})).json.code).toBe("price_changed");
  });

  it("R101: a fixed price may be sent along, and can't be chosen", async () => {
    const product = await add({ price: EUR(500) });
    expect((await begin(product, { amount: 500 })).status).toBe(201);
    const { json } = await begin(product, { amount: 700 });
    expect(json.issues).toMatchObject([{ path: ["amount"], message: "The price is EUR 5.00" }]);
  });

  it("R101: can only be nothing in a shop that takes no payments", async () => {
    const shop = await createTestApp();
    const owner = (await shop.signUp()).client;
    const [free, paid] = [await add(named(EUR(0)), owner), await add(named(EUR(500)), owner)];
    const terms = async ({ slug }: Product) =>
      (await shop.visitor().get<Checkout>(`/api/products/${slug}/checkout`)).json;
    expect(await terms(free)).toMatchObject({ canTakePayments: false, isReady: true });
    expect(await terms(paid)).toMatchObject({ canTakePayments: false, isReady: false });
    expect((await begin(free, { amount: 0 }, shop.visitor())).status).toBe(201);
    expect((await begin(free, { amount: 500 }, shop.visitor())).json.code).toBe("checkout_not_set_up");
    await shop.close();
  });
});
