import { randomUUID } from "node:crypto";
import type { Checkout, Order, Problem, Product, Sale, SaleNeed } from "@yumroad/contract";
import { race, statusesOf } from "@yumroad/testkit";
import { beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { NO_MAIL_LIMITS } from "../../../test/mailed-links.ts";
import { makeOperator } from "../../../test/operators.ts";
import {
  addProduct,
  confirmMail,
  LEGAL_DETAILS,
  order,
  orderInNewBrowser,
  PAY_INSTRUCTIONS,
  setUpSelling,
} from "../../../test/selling.ts";
import { createTestApp, type Person, type TestApp, type TestAppOptions } from "../../../test/test-app.ts";
import { ProductEntity } from "../../catalog/products/product.entity.ts";
import { disableUser } from "../../identity/users/disable-user.ts";
import { backgroundContext } from "../../platform/http/background-context.ts";
import { OrderEntity } from "./order.entity.ts";

/** A shop outside of the local demo, with an operator and a seller. */
async function openShop(options: TestAppOptions = {}) {
  const app = await createTestApp({ mail: true, limits: NO_MAIL_LIMITS, ...options });
  const operator = await makeOperator(app, await app.signUp());
  const seller = options.shopKind === "my_store" ? operator : await app.signUp();
  return { app, operator, seller, product: await addProduct(seller) };
}

type Shop = Awaited<ReturnType<typeof openShop>>;

async function missing({ client }: Person): Promise<SaleNeed[]> {
  return (await client.get<{ missing: SaleNeed[] }>("/api/me/store/readiness")).json.missing;
}

async function canOrder(app: TestApp, product: Product): Promise<boolean> {
  const buyer = app.visitor();
  const { json } = await buyer.get<Checkout>(`/api/products/${product.slug}/checkout`);
  const answer = await order<Problem>(buyer, product);
  expect(answer.json.code).toBe(json.isReady ? undefined : "checkout_not_set_up");
  return json.isReady;
}

describe("before the first sale", () => {
  it("R100: a store takes no money until the seller has a legal name, a way to pay, and mail is confirmed", async () => {
    const { app, operator, seller, product } = await openShop();
    onTestFinished(app.close);
    expect([await missing(seller), await canOrder(app, product)]).toEqual([
      ["legal_details", "payments", "mail"],
      false,
    ]);
    await seller.client.patch("/api/me/store", { json: { legalName: LEGAL_DETAILS.legalName } });
    await seller.client.patch("/api/me/store/payments", { json: { payInstructions: PAY_INSTRUCTIONS } });
    expect([await missing(seller), await canOrder(app, product)]).toEqual([["legal_details", "mail"], false]);
    await confirmMail(app, operator);
    expect([await missing(seller), await canOrder(app, product)]).toEqual([["legal_details"], false]);
    await seller.client.patch("/api/me/store", { json: LEGAL_DETAILS });
    expect([await missing(seller), await canOrder(app, product)]).toEqual([[], true]);
    await seller.client.patch("/api/me/store/payments", { json: { payInstructions: "" } });
    expect([await missing(seller), await canOrder(app, product)]).toEqual([["payments"], false]);
  });

  it("R100: in a shop of one seller, the shop's own legal details are the store's", async () => {
    const { app, operator, product } = await openShop({ shopKind: "my_store" });
    onTestFinished(app.close);
    await operator.client.patch("/api/me/store/payments", { json: { payInstructions: PAY_INSTRUCTIONS } });
    await confirmMail(app, operator);
    expect(await missing(operator)).toEqual(["legal_details"]);
    const version = String((await operator.client.get("/api/operator/shop")).headers.etag);
    await operator.client.patch("/api/operator/shop", { json: LEGAL_DETAILS, headers: { "If-Match": version } });
    expect([await missing(operator), await canOrder(app, product)]).toEqual([[], true]);
  });

  it("R100: a shop that can't send mail takes no money, though mail was confirmed before; free products go out", async () => {
    const { app, operator, seller, product } = await openShop();
    onTestFinished(app.close);
    await setUpSelling(seller);
    await confirmMail(app, operator);
    const mailless = await createTestApp({
      beside: app,
      prepare: async (config) => {
        config.smtp = null;
      },
    });
    onTestFinished(mailless.close);
    expect([mailless.dependencies.mailer.way, await canOrder(mailless, product)]).toEqual(["none", false]);
    const json = { name: "Sample", price: { amount: 0, currency: "EUR" } };
    const { json: free } = await seller.client.post<Product>("/api/products", { json });
    expect((await order(mailless.visitor(), free)).status).toBe(201);
  });

  it("R100: the local demo is ready from the start", async () => {
    const app = await createTestApp({ isLocalDemo: true });
    onTestFinished(app.close);
    const seller = await app.signUp();
    const product = await addProduct(seller);
    expect([await missing(seller), await canOrder(app, product)]).toEqual([[], true]);
  });

  it("only a store has needs", async () => {
    const { app } = await openShop();
    onTestFinished(app.close);
    expect((await (await app.signUp()).client.get("/api/me/store/readiness")).status).toBe(404);
  });
});

describe("an order that is paid outside of the shop", () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
    await setUpSelling(shop.seller);
    await confirmMail(shop.app, shop.operator);
    return () => shop.app.close();
  });

  it("R94: shows the seller's words, and is delivered once when the seller says that it is paid", async () => {
    const { app, seller, product } = shop;
    const { ref, look } = await orderInNewBrowser(app, product);
    expect(await look()).toMatchObject({ state: "open", payAt: null, payInstructions: PAY_INSTRUCTIONS, contents: [] });
    const marked = await race(3, () => seller.client.post<Sale>(`/api/sales/${ref}/paid`));
    expect(statusesOf(marked)).toEqual([200, 200, 200]);
    expect(await look()).toMatchObject({ state: "paid", payInstructions: null, contents: [{ body: "The secret" }] });
    expect((await app.mailbox.last("buyer@example.com")).subject).toBe("Your receipt for “Field notes”");
  });

  it("R94: is marked as paid by its seller alone, not by an operator", async () => {
    const { app, operator, product } = shop;
    const { ref, look } = await orderInNewBrowser(app, product);
    expect((await operator.client.post(`/api/sales/${ref}/paid`)).status).toBe(404);
    expect((await look()).state).toBe("open");
  });

  it("R99: is mailed to its buyer once with the words, and a link that opens it in any browser", async () => {
    const { app, product } = shop;
    const asked = { email: "once@example.com", attempt: randomUUID() };
    const { ref, look } = await orderInNewBrowser(app, product, asked);
    await orderInNewBrowser(app, product, asked);
    expect((await look()).isHowToPayMailed).toBe(true);
    const mails = await app.mailbox.to(asked.email);
    expect(mails.map(({ subject }) => subject)).toEqual(["How to pay for “Field notes”"]);
    const [mail] = mails;
    for (const words of [PAY_INSTRUCTIONS, `reference ${ref}`, "Total: EUR 19.00", LEGAL_DETAILS.legalAddress])
      expect(mail?.text).toContain(words);
    expect(mail?.html, "with its line breaks").toContain(`white-space: pre-line">${PAY_INSTRUCTIONS}`);
    const token = new URL(mail?.link() ?? "").hash.replace("#key=", "");
    const elsewhere = app.visitor();
    const { json } = await elsewhere.post<Order>(`/api/orders/${ref}/open`, { json: { token } });
    expect(json).toMatchObject({ state: "open", payInstructions: PAY_INSTRUCTIONS });
  });

  it("R99: keeps the words that it was begun with; later orders get the new ones", async () => {
    const { app, seller, product } = shop;
    const before = await orderInNewBrowser(app, product);
    const stolen = "Send it to another bank";
    await seller.client.patch("/api/me/store/payments", { json: { payInstructions: stolen } });
    const after = await orderInNewBrowser(app, product);
    expect((await before.look()).payInstructions).toBe(PAY_INSTRUCTIONS);
    expect((await after.look()).payInstructions).toBe(stolen);
  });

  it("R99: shows no words while the store is taken down, and nobody can order there", async () => {
    const { app, operator, seller, product } = shop;
    const { look } = await orderInNewBrowser(app, product);
    const path = `/api/operator/stores/${product.store.handle}`;
    await operator.client.post(`${path}/take-down`, { json: { reason: "A copy" } });
    expect((await look()).payInstructions).toBe("");
    expect((await order(app.visitor(), product)).status).toBe(404);
    await seller.client.patch("/api/me/store/payments", { json: { payInstructions: PAY_INSTRUCTIONS } });
    expect((await order(app.visitor(), product)).status).toBe(404);
    await operator.client.post(`${path}/put-back`);
    expect((await look()).payInstructions).not.toBe("");
  });

  describe("R99: asks for no money while nobody can deliver it:", () => {
    const ends: [why: string, end: (shop: Shop) => Promise<unknown>][] = [
      ["the seller is disabled", ({ app, seller }) => disableUser(backgroundContext(app.dependencies), seller.user.id)],
      [
        "the product is taken down",
        ({ operator, product }) =>
          operator.client.post(`/api/operator/products/${product.slug}/take-down`, { json: { reason: "A copy" } }),
      ],
      ["the seller leaves", ({ seller }) => seller.client.post("/api/account/deletion")],
      [
        "the product is gone",
        ({ app, product }) => app.dependencies.database.fork().nativeDelete(ProductEntity, { slug: product.slug }),
      ],
    ];

    it.each(ends)("%s", async (_, end) => {
      const { app, operator } = shop;
      const seller = await app.signUp();
      const product = await addProduct(seller);
      await setUpSelling(seller);
      const { look } = await orderInNewBrowser(app, product, { email: `${randomUUID()}@example.com` });
      expect(await look()).toMatchObject({ payInstructions: PAY_INSTRUCTIONS, isHowToPayMailed: true });
      await end({ app, operator, seller, product });
      expect(await look()).toMatchObject({ state: "open", payInstructions: "", isHowToPayMailed: false });
    });
  });

  describe("R89: is not made if, in the middle of the checkout, the product", () => {
    const ends: [what: string, end: (shop: Shop) => Promise<unknown>][] = [
      ["is deleted", ({ seller, product }) => seller.client.delete(`/api/products/${product.slug}`)],
      [
        "is taken down",
        ({ operator, product }) =>
          operator.client.post(`/api/operator/products/${product.slug}/take-down`, { json: { reason: "A copy" } }),
      ],
    ];

    it.each(ends)("%s", async (_, end) => {
      const { app, operator } = shop;
      const seller = await app.signUp();
      const product = await addProduct(seller);
      await setUpSelling(seller);
      const email = `${randomUUID()}@example.com`;
      const { rateLimiter } = app.dependencies;
      const consume = rateLimiter.consume.bind(rateLimiter);
      // The limits of the checkout are counted after the product was read.
      const counts = vi.spyOn(rateLimiter, "consume").mockImplementationOnce(async (limitKeys) => {
        await end({ app, operator, seller, product });
        return consume(limitKeys);
      });
      onTestFinished(() => counts.mockRestore());
      const { status, json } = await order<Problem>(app.visitor(), product, { email });
      expect([status, json.code]).toEqual([404, "not_found"]);
      expect(await app.dependencies.database.fork().count(OrderEntity, { email })).toBe(0);
      expect(await app.mailbox.to(email)).toEqual([]);
    });
  });

  describe("R94: whose time to pay is over", () => {
    /** An order that was never paid, after the sweep's last look. */
    async function expired() {
      const { app } = shop;
      const seller = await app.signUp();
      const product = await addProduct(seller);
      await setUpSelling(seller);
      const email = `${randomUUID()}@example.com`;
      const { ref } = await orderInNewBrowser(app, product, { email });
      const token = new URL((await app.mailbox.last(email)).link()).hash.replace("#key=", "");
      const look = async () => (await app.visitor().post<Order>(`/api/orders/${ref}/open`, { json: { token } })).json;
      app.clock.advance("32d");
      await app.dependencies.workers.orderCheck.run();
      expect(await look()).toMatchObject({ state: "open", payInstructions: PAY_INSTRUCTIONS });
      app.clock.advance("2d");
      await app.dependencies.workers.orderCheck.run();
      expect(await look()).toMatchObject({ state: "expired", payInstructions: "" });
      const { client } = await app.logIn(seller);
      const saleOf = async () => (await client.get<Sale>(`/api/sales/${ref}`)).json;
      return { product, ref, look, client, saleOf };
    }

    it("R94: asks for no money, and is delivered when it comes late", async () => {
      const { ref, look, client, saleOf } = await expired();
      expect((await saleOf()).history.map(({ kind }) => kind)).toContain("payment_expired");
      expect((await client.post(`/api/sales/${ref}/paid`)).status).toBe(200);
      expect(await look()).toMatchObject({ state: "paid", contents: [{ body: "The secret" }] });
    });

    it("R94: is not marked as paid once its product is deleted: the buyer would get nothing", async () => {
      const { product, ref, look, client, saleOf } = await expired();
      expect((await saleOf()).can.markAsPaid).toBe(true);
      expect((await client.request({ method: "DELETE", path: `/api/products/${product.slug}` })).status).toBe(204);
      expect((await saleOf()).can.markAsPaid).toBe(false);
      const { status, json } = await client.post<Problem>(`/api/sales/${ref}/paid`);
      expect([status, json.code]).toEqual([409, "not_payable_by_hand"]);
      expect(await look()).toMatchObject({ state: "expired", payInstructions: "" });
    });
  });

  it("R99: is made without a mail after three to one address within a day, whoever orders", async () => {
    const { app, product } = shop;
    const email = "many@example.com";
    const orderOnce = async (email: string) => (await orderInNewBrowser(app, product, { email })).look();
    const mailed: boolean[] = [];
    for (const spelled of [email, email, email.toUpperCase(), email])
      mailed.push((await orderOnce(spelled)).isHowToPayMailed);
    expect(mailed).toEqual([true, true, true, false]);
    expect((await orderOnce("another@example.com")).isHowToPayMailed).toBe(true);
    app.clock.advance("1d");
    expect((await orderOnce(email)).isHowToPayMailed).toBe(true);
  });
});
