import { randomUUID } from "node:crypto";
import type { Checkout, DemoPayment, Order, Problem, Product } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../../test/test-app.ts";
import { demoLogin } from "../../demo/demo-stores.ts";
import { disableUser } from "../../identity/users/disable-user.ts";
import { backgroundContext } from "../../platform/http/background-context.ts";

const price = { amount: 1900, currency: "EUR" };

describe("buying in the local demo", () => {
  let app: TestApp;
  let seller: Client;
  beforeAll(async () => {
    app = await createTestApp({ isLocalDemo: true });
    seller = (await app.logIn(demoLogin)).client;
  });
  afterAll(() => app.close());

  let count = 0;
  async function productWithNote(more: object = {}): Promise<Product> {
    count += 1;
    const { json } = await seller.post<Product>("/api/products", {
      json: { name: `Field notes ${count}`, price, ...more },
    });
    const note = { kind: "note", title: "Thank you", body: `The secret of ${json.slug}` };
    expect((await seller.post(`/api/products/${json.slug}/contents`, { json: note })).status).toBe(201);
    return json;
  }

  function begin(buyer: Client, product: Product, more: object = {}) {
    const json = {
      ...{ email: "buyer@example.com", seenPrice: product.price, hasConsented: true, attempt: randomUUID() },
      ...more,
    };
    return buyer.post<{ ref: string; payAt: string | null } & Problem>(`/api/products/${product.slug}/checkout`, {
      json,
    });
  }

  function act(buyer: Client, payAt: string | null, json: object) {
    const session = payAt?.split("/").at(-1);
    return buyer.post<DemoPayment>(`/api/demo-payments/${session}`, { json });
  }

  const orderOf = async (buyer: Client, ref: string) => (await buyer.get<Order>(`/api/orders/${ref}`)).json;

  it("R89: the products of a disabled seller can be seen but not bought, and buyers keep what they bought", async () => {
    const other = await app.signUp();
    const { json: product } = await other.client.post<Product>("/api/products", {
      json: { name: "Field notes", price },
    });
    const buyer = app.visitor();
    const { json } = await begin(buyer, product);
    await act(buyer, json.payAt, { outcome: "pay", isUntold: true });
    await disableUser(backgroundContext(app.dependencies), other.user.id);
    expect((await app.visitor().get(`/api/products/${product.slug}`)).status).toBe(200);
    expect((await app.visitor().get(`/api/products/${product.slug}/checkout`)).status).toBe(404);
    expect((await begin(app.visitor(), product)).json.code).toBe("not_found");
    await buyer.post(`/api/orders/${json.ref}/check`);
    expect(await orderOf(buyer, json.ref)).toMatchObject({ state: "paid", hasAccess: true });
  });

  it("R89: a guest pays, is heard of by the webhook, and has what they bought", async () => {
    const product = await productWithNote();
    const buyer = app.visitor();
    const { json: terms } = await buyer.get<Checkout>(`/api/products/${product.slug}/checkout`);
    expect(terms).toMatchObject({ price, isReady: true, consentText: expect.stringMatching(/withdrawal/) });
    const { json, status } = await begin(buyer, product);
    expect(status).toBe(201);
    expect(await orderOf(buyer, json.ref)).toMatchObject({ state: "open", contents: [], number: null });
    await act(buyer, json.payAt, { outcome: "pay" });
    await app.dependencies.demoProvider?.worker.run();
    const order = await orderOf(buyer, json.ref);
    expect(order).toMatchObject({ state: "paid", number: expect.any(Number), total: price, hasAccess: true });
    expect(order.contents).toMatchObject([{ kind: "note", body: `The secret of ${product.slug}` }]);
  });
});
