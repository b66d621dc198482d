import { randomUUID } from "node:crypto";
import type { Order, Product } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createTestApp, type TestApp } from "../../../test/test-app.ts";
import { DemoPaymentEntity } from "../payments/demo-payment.entity.ts";
import { ProviderUnavailable } from "../payments/payment-provider.ts";

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

  function checkout() {
    const json = { email: "ada@example.com", seenPrice: price, hasConsented: true, attempt };
    return buyer.post<{ ref: string; payAt: string | null }>(`/api/products/${product.slug}/checkout`, { json });
  }

  async function begin(): Promise<{ ref: string; session: string }> {
    const answer = await checkout();
    expect(answer.status).toBe(201);
    return { ref: answer.json.ref, session: answer.json.payAt?.split("/").at(-1) ?? "" };
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
    const first = await declineAndTell();
    const second = await begin();
    expect([second.ref === first.ref, second.session === first.session]).toEqual([true, false]);
    const late = { state: "paid", amount } as const;
    await app.dependencies.database.fork().nativeUpdate(DemoPaymentEntity, { session: first.session }, late);
    await sweepAfter("3m");
    return second;
  }

  async function declineAndTell() {
    const first = await begin();
    await act(first.session, "decline");
    await buyer.post(`/api/orders/${first.ref}/check`);
    return first;
  }

  const atProvider = (session: string, state: "open" | "paid") =>
    app.dependencies.database.fork().nativeUpdate(DemoPaymentEntity, { session }, { state });

  it("R91: another try ends the earlier session, which can't be paid any more", async () => {
    const first = await declineAndTell();
    // Some providers let a buyer try again after a declined card.
    await atProvider(first.session, "open");
    const second = await begin();
    expect(second.session).not.toBe(first.session);
    expect(await act(first.session, "pay")).toBe("expired");
    expect(await act(second.session, "pay")).toBe("paid");
    await sweepAfter("3m");
    expect(await orderOf(second.ref)).toMatchObject({ state: "paid", isInTrouble: false });
  });

  it("R89: who comes back from a declined payment of which the shop was not told gets another session", async () => {
    const first = await begin();
    await act(first.session, "decline");
    expect((await begin()).session).not.toBe(first.session);
  });

  it.each(["before", "while"])(
    "R91: money that arrives %s the earlier session is ended pays the order, and no other session begins",
    async (when) => {
      const first = await declineAndTell();
      const { demoProvider } = app.dependencies;
      if (!demoProvider) throw new Error("The demo has a provider");
      if (when === "before") await atProvider(first.session, "paid");
      else
        vi.spyOn(demoProvider, "cancel").mockImplementationOnce(async (session) => {
          await atProvider(session, "paid");
        });
      expect(await begin()).toEqual({ ref: first.ref, session: "" });
      expect(await orderOf(first.ref)).toMatchObject({ state: "paid", isInTrouble: false, hasAccess: true });
      const attempts = "select n from payment_attempts a join orders o on o.id = a.order_id where o.ref = ?";
      expect(await app.dependencies.database.read(attempts, [first.ref])).toHaveLength(1);
    },
  );

  it("R91: another try waits for a provider that can't be asked to end the earlier session", async () => {
    const first = await declineAndTell();
    const { demoProvider } = app.dependencies;
    if (!demoProvider) throw new Error("The demo has a provider");
    vi.spyOn(demoProvider, "cancel").mockRejectedValueOnce(new ProviderUnavailable("not now"));
    expect((await checkout()).status).toBe(503);
    expect((await begin()).session).not.toBe(first.session);
  });

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
