import { randomUUID } from "node:crypto";
import type { Discount, Problem, Product, Quote, Sale } from "@yumroad/contract";
import { race, tally } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { createDemoSale, type DemoSale } from "../../../test/demo-sale.ts";
import { demoLogin } from "../../demo/demo-stores.ts";
import { DiscountEntity } from "../discounts/discount.entity.ts";
import { DemoPaymentEntity } from "../payments/demo-payment.entity.ts";
import { ProviderUnavailable } from "../payments/payment-provider.ts";
import { OrderEntity } from "./order.entity.ts";

const UNLIMITED = { max: 1_000_000, windowMs: 60_000 };
let shop: DemoSale;
beforeAll(async () => {
  shop = await createDemoSale({ limits: { checkoutsOfAddress: UNLIMITED } });
});
afterAll(() => shop.app.close());

let codes = 0;

/** Makes a code that takes off 10 %, or something else, and says what an order with it sends. */
async function makeCode(more: object = {}) {
  codes += 1;
  const code = `CODE${codes}`;
  const json = { code, off: { kind: "percent", percent: 10 }, ...more };
  const { json: discount, status, text } = await shop.seller.post<Discount>("/api/discounts", { json });
  if (status !== 201) throw new Error(`Making a discount answered ${status}: ${text}`);
  const uses = async () => {
    const em = shop.app.dependencies.database.fork();
    const row = await em.findOneOrFail(DiscountEntity, discount.id);
    expect(row.uses, "the orders that use it").toBe(
      await em.count(OrderEntity, { discount: row.id, usesDiscount: true }),
    );
    return row.uses;
  };
  return { code, id: discount.id, uses, with: { discount: { code, seenTotal: 1710 } } };
}

function quote(code: string, slug = shop.product.slug) {
  return shop.app.visitor().post<Quote & Problem>(`/api/products/${slug}/quote`, { json: { code } });
}

/** Orders as a new visitor; the answer may be a refusal. */
function tryToOrder(more: object, { slug, price }: Product = shop.product, buyer = shop.app.visitor()) {
  const email = `${randomUUID()}@example.com`;
  const json = { email, seenPrice: price, hasConsented: true, attempt: randomUUID(), ...more };
  return buyer.post<{ ref: string; payAt: string | null } & Problem>(`/api/products/${slug}/checkout`, { json });
}

const act = (
  { buyer, session }: { buyer: Awaited<ReturnType<DemoSale["begin"]>>["buyer"]; session: string },
  outcome: string,
) => buyer.post(`/api/demo-payments/${session}`, { json: { outcome, isUntold: true } });

async function addProduct(price: object, more: object = {}): Promise<Product> {
  return (await shop.seller.post<Product>("/api/products", { json: { name: "Another", price, ...more } })).json;
}

describe("an order with a discount code", () => {
  it("R131: costs what the quote says, and shows the list price, the discount and the total everywhere", async () => {
    const { code, uses, with: given } = await makeCode();
    const quoted = await quote(` ${code.toLowerCase()} `);
    const EUR = (amount: number) => ({ amount, currency: "EUR" });
    expect(quoted.json).toEqual({ discount: { code, amount: EUR(190) }, total: EUR(1710) });
    const { order, ref, email } = await shop.buy(given);
    const shown = { discount: { code, amount: EUR(190) }, total: EUR(1710), items: [{ price: EUR(1900) }] };
    expect(await order()).toMatchObject({ state: "paid", ...shown });
    expect((await shop.seller.get<Sale>(`/api/sales/${ref}`)).json).toMatchObject(shown);
    const { text = "" } = (await shop.mailTo(email)) ?? {};
    for (const words of ["Field notes: EUR 19.00", "Discount: −EUR 1.90", "Total: EUR 17.10"])
      expect(text).toContain(words);
    expect(await uses()).toBe(1);
  });

  it("R131: is free at a discount of everything, and delivered at once without consent", async () => {
    const { uses } = await makeCode({ off: { kind: "percent", percent: 100 }, code: "GIFT" });
    const { order } = await shop.begin({ discount: { code: "gift", seenTotal: 0 }, hasConsented: false });
    expect(await order()).toMatchObject({ state: "paid", total: { amount: 0 }, consent: null, hasAccess: true });
    expect(await uses()).toBe(1);
  });

  it("R131: is not made at another total than the buyer has seen", async () => {
    const { code, uses } = await makeCode();
    const { status, json } = await tryToOrder({ discount: { code, seenTotal: 1709 } });
    expect([status, json.code, await uses()]).toEqual([409, "price_changed", 0]);
  });

  it("R131: keeps its discount in another try, also once the code has ended; another code is another order", async () => {
    const { code, id, uses, with: given } = await makeCode();
    const other = await makeCode();
    const asked = { ...given, attempt: randomUUID(), email: "twice@example.com" };
    const first = await shop.begin(asked);
    await shop.seller.post(`/api/discounts/${id}/end`);
    expect((await shop.begin(asked, first.buyer)).session).toBe(first.session);
    const quoted = await shop.app.visitor().post<Quote>(`/api/products/${shop.product.slug}/quote`, {
      json: { code, attempt: asked.attempt },
    });
    expect(quoted.json.total.amount).toBe(1710);
    expect((await tryToOrder({ ...asked, discount: { code: other.code, seenTotal: 1710 } })).json.code).toBe(
      "attempt_reused",
    );
    expect((await tryToOrder({ discount: { code, seenTotal: 1710 } })).json.code).toBe("discount_invalid");
    expect(await uses()).toBe(1);
  });
});

describe("a code that can't be used", () => {
  it("R132: has one answer, whatever the reason", async () => {
    const hours = (count: number) => new Date(shop.app.clock.now() + count * 3_600_000).toISOString();
    const ended = await makeCode();
    await shop.seller.post(`/api/discounts/${ended.id}/end`);
    const other = await addProduct({ amount: 500, currency: "EUR" });
    const wrong = [
      { code: "UNKNOWN" },
      ended,
      await makeCode({ startsAt: hours(1) }),
      await makeCode({ startsAt: hours(-2), endsAt: hours(-1) }),
      await makeCode({ off: { kind: "amount", amount: { amount: 100, currency: "USD" } } }),
      await makeCode({ products: [other.slug] }),
    ];
    const answers = await Promise.all(wrong.map(({ code }) => quote(code)));
    const [first] = answers.map(({ json: { requestId: _, ...problem } }) => problem);
    for (const { status, json } of answers)
      expect([status, json]).toEqual([422, { ...first, requestId: json.requestId }]);
    expect(first?.code).toBe("discount_invalid");
    expect((await quote("UNKNOWN", "no-such-product")).status).toBe(404);
  });

  it("R132: stays restricted once its product is deleted, and is good for no price that buyers name", async () => {
    const product = await addProduct({ amount: 500, currency: "EUR" });
    const { code } = await makeCode({ products: [product.slug] });
    expect((await quote(code, product.slug)).status).toBe(200);
    await shop.seller.delete(`/api/products/${product.slug}`);
    expect((await quote(code)).status).toBe(422);
    const named = await addProduct({ amount: 500, currency: "EUR" }, { pricing: "pay_what_you_want" });
    expect((await quote((await makeCode()).code, named.slug)).status).toBe(422);
  });

  it("R132: can be guessed so often from one address, at the checkout as well", async () => {
    const limits = { wrongDiscountsOfAddress: { max: 5, windowMs: 3_600_000 } };
    const { app, product } = await createDemoSale({ limits });
    const guess = (code: string) => app.visitor().post(`/api/products/${product.slug}/quote`, { json: { code } });
    const order = () =>
      app.visitor().post(`/api/products/${product.slug}/checkout`, {
        json: {
          ...{ email: "guess@example.com", seenPrice: product.price, attempt: randomUUID() },
          discount: { code: "WRONG", seenTotal: 1 },
        },
      });
    for (let count = 0; count < 4; count += 1) expect((await guess(`GUESS${count}`)).status).toBe(422);
    expect([(await order()).status, (await order()).status, (await guess("ONE-MORE")).status]).toEqual([422, 429, 429]);
    app.clock.advance("1h");
    expect((await guess("ONE-MORE")).status).toBe(422);
    await app.close();
  });
});

describe("uses of a code", () => {
  it("R133: of 20 buyers at once, five get the five that there are", async () => {
    const { code, uses, with: given } = await makeCode({ maxUses: 5 });
    const answers = await race(20, () => tryToOrder(given));
    expect(tally(answers)).toEqual({ 201: 5, 409: 15 });
    expect(await uses()).toBe(5);
    expect((await quote(code)).json.code).toBe("discount_used_up");
    const em = shop.app.dependencies.database.fork();
    expect(await em.count(OrderEntity, { discount: { code } }), "orders").toBe(5);
  });

  it("R133: the same attempt twice at once is one order and one use, also of the last", async () => {
    const { uses, with: given } = await makeCode({ maxUses: 1 });
    const asked = { ...given, email: "double@example.com", attempt: randomUUID() };
    const answers = await Promise.all(Array.from({ length: 4 }, () => tryToOrder(asked)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map(({ json }) => json.ref)).size).toBe(1);
    expect(await uses()).toBe(1);
  });

  it("R133: one email has as many as it may, at once as well", async () => {
    const { uses, with: given } = await makeCode({ perBuyer: 2 });
    const spelled = ["Ada@Example.com", "ada@example.com", "ADA@EXAMPLE.COM", "ada@example.com"];
    const answers = await Promise.all(spelled.map((email) => tryToOrder({ ...given, email })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409]);
    expect((await tryToOrder(given)).status).toBe(201);
    expect(await uses()).toBe(3);
  });

  it("R133: a declined order gives its use back once, and takes one again at another try, if there is one", async () => {
    const { uses, with: given } = await makeCode({ maxUses: 1 });
    const asked = { ...given, email: "declined@example.com", attempt: randomUUID() };
    const first = await shop.begin(asked);
    await act(first, "decline");
    await race(5, () => first.buyer.post(`/api/orders/${first.ref}/check`));
    expect([(await first.order()).state, await uses()]).toEqual(["failed", 0]);

    const again = await shop.begin(asked, first.buyer);
    expect([again.ref, await uses()]).toEqual([first.ref, 1]);
    await act(again, "decline");
    await again.buyer.post(`/api/orders/${first.ref}/check`);

    await shop.buy(given);
    const refused = await tryToOrder(asked, shop.product, first.buyer);
    expect([refused.status, refused.json.code]).toEqual([409, "discount_used_up"]);
    expect([(await first.order()).state, await uses()]).toEqual(["failed", 1]);
  });

  it("R133: a payment that is under way holds its use", async () => {
    const { uses, with: given } = await makeCode({ maxUses: 1 });
    const pending = await shop.begin(given);
    await act(pending, "pay_later");
    await pending.buyer.post(`/api/orders/${pending.ref}/check`);
    expect([(await pending.order()).state, await uses()]).toEqual(["pending", 1]);
    expect((await tryToOrder(given)).json.code).toBe("discount_used_up");
  });

  it("R133: an expired order gives its use back, and money that comes late takes it beyond the last", async () => {
    const { uses, with: given } = await makeCode({ maxUses: 1 });
    const late = await shop.begin(given);
    shop.app.clock.advance("25h");
    await shop.app.dependencies.workers.orderCheck.run();
    expect([(await late.order()).state, await uses()]).toEqual(["expired", 0]);
    await shop.buy(given);
    const paid = { session: late.session } as const;
    await shop.app.dependencies.database.fork().nativeUpdate(DemoPaymentEntity, paid, { state: "paid" });
    await race(5, () => late.buyer.post(`/api/orders/${late.ref}/check`));
    expect([(await late.order()).state, await uses()]).toEqual(["paid", 2]);
  });

  it("R133: an order that its provider never answers about gives its use back with the last check", async () => {
    // The day before has ended the seller's session.
    shop = { ...shop, seller: (await shop.app.logIn(demoLogin)).client };
    const { uses, with: given } = await makeCode({ maxUses: 1 });
    const demo = shop.app.dependencies.payments.get("demo");
    if (!demo) throw new Error("The local demo has a provider");
    const begin = vi.spyOn(demo, "begin").mockRejectedValue(new ProviderUnavailable("away"));
    onTestFinished(() => begin.mockRestore());
    const buyer = shop.app.visitor();
    const asked = { ...given, email: "patient@example.com", attempt: randomUUID() };
    expect((await tryToOrder(asked, shop.product, buyer)).status).toBe(503);
    await shop.app.dependencies.workers.orderCheck.run();
    expect(await uses()).toBe(1);
    shop.app.clock.advance("5d");
    await shop.app.dependencies.workers.orderCheck.run();
    expect(await uses()).toBe(0);
    begin.mockRestore();
    expect((await tryToOrder(asked, shop.product, buyer)).status).toBe(201);
    expect(await uses()).toBe(1);
  });
});
