import { randomUUID } from "node:crypto";
import type { Order, Product } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../../test/test-app.ts";
import { DemoPaymentEntity } from "../payments/demo-payment.entity.ts";

const price = { amount: 1900, currency: "EUR" };

describe("orders whose payments the shop is not told of", () => {
  let app: TestApp;
  let product: Product;
  beforeAll(async () => {
    app = await createTestApp({ isLocalDemo: true });
    const { client } = await app.signUp();
    product = (await client.post<Product>("/api/products", { json: { name: "Field notes", price } })).json;
  });
  afterAll(() => app.close());

  let buyer: Client;
  let attempt: string;
  beforeEach(() => {
    buyer = app.visitor();
    attempt = randomUUID();
    // The limits of an hour and of a day open again.
    app.clock.advance("1d");
  });

  async function begin(): Promise<{ ref: string; session: string }> {
    const json = { email: "ada@example.com", seenPrice: price, hasConsented: true, attempt };
    const answer = await buyer.post<{ ref: string; payAt: string }>(`/api/products/${product.slug}/checkout`, { json });
    expect(answer.status).toBe(201);
    return { ref: answer.json.ref, session: answer.json.payAt.split("/").at(-1) ?? "" };
  }

  async function act(session: string, outcome: "pay" | "decline") {
    const { json } = await buyer.post<{ state: string }>(`/api/demo-payments/${session}`, {
      json: { outcome, isUntold: true },
    });
    return json.state;
  }

  async function sweepAfter(pause: "3m" | "7h") {
    app.clock.advance(pause);
    await app.dependencies.workers.orderCheck.run();
  }

  const orderOf = async (ref: string) => (await buyer.get<Order>(`/api/orders/${ref}`)).json;

  /** A declined payment and another attempt, of which the declined one is paid after all. */
  async function payDeclinedOne(amount = price.amount) {
    const first = await begin();
    await act(first.session, "decline");
    await buyer.post(`/api/orders/${first.ref}/check`);
    const second = await begin();
    expect([second.ref === first.ref, second.session === first.session]).toEqual([true, false]);
    const late = { state: "paid", amount } as const;
    await app.dependencies.database.fork().nativeUpdate(DemoPaymentEntity, { session: first.session }, late);
    await sweepAfter("3m");
    return second;
  }

  it("R91: a second payment of a paid order is found by the sweep, and marks it", async () => {
    const { ref, session } = await payDeclinedOne();
    expect(await orderOf(ref)).toMatchObject({ state: "paid", isInTrouble: false, payAt: null });
    expect(await act(session, "pay")).toBe("paid");
    await sweepAfter("7h");
    expect(await orderOf(ref)).toMatchObject({ state: "paid", isInTrouble: true });
  });

  it("R91: a payment of another amount does not keep the shop from hearing of the right one", async () => {
    const { ref, session } = await payDeclinedOne(1);
    expect(await orderOf(ref)).toMatchObject({ isInTrouble: true, hasAccess: false, number: null });
    expect(await act(session, "pay")).toBe("paid");
    await sweepAfter("7h");
    expect(await orderOf(ref)).toMatchObject({ state: "paid", isInTrouble: true, hasAccess: true });
  });

  it("R89: an order that is begun again after it was given up is swept again", async () => {
    const { ref } = await begin();
    for (let day = 0; day < 5; day += 1) {
      app.clock.advance("1d");
      await app.dependencies.workers.orderCheck.run();
    }
    expect(await orderOf(ref)).toMatchObject({ state: "expired" });
    const { session } = await begin();
    expect(await act(session, "pay")).toBe("paid");
    await sweepAfter("3m");
    expect(await orderOf(ref)).toMatchObject({ state: "paid" });
  });
});
