import type { PaymentHealth, Problem } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { createDemoSale, type DemoSale } from "../../../test/demo-sale.ts";
import { makeOperator } from "../../../test/operators.ts";
import { signedWebhook } from "../../../test/signed-webhook.ts";
import { demoLogin } from "../../demo/demo-stores.ts";
import { ProviderUnavailable } from "../../sales/payments/payment-provider.ts";

const PATH = "/api/operator/payments";

describe("R102: the state of the shop's payments", () => {
  let shop: DemoSale;
  let operator: Client;
  beforeEach(async () => {
    shop = await createDemoSale();
    onTestFinished(shop.app.close);
    operator = (await makeOperator(shop.app, await shop.app.signUp())).client;
  });

  const health = async () => (await operator.get<PaymentHealth>(PATH)).json;
  const check = async () =>
    (await operator.post<{ checked: number; delivered: number; payments: PaymentHealth } & Problem>(`${PATH}/check`))
      .json;
  const pay = (buyer: Client, session: string) =>
    buyer.post(`/api/demo-payments/${session}`, { json: { outcome: "pay", isUntold: true } });
  const execute = (sql: string) => shop.app.dependencies.database.fork().execute(sql);

  it("R102: is quiet while everything is delivered, paid or not", async () => {
    await shop.buy();
    await shop.begin();
    expect(await health()).toMatchObject({ counts: { notDelivered: 0, overdue: 0, inTrouble: 0 }, orders: [] });
  });

  it("R102: a payment that no webhook and no page told of is found by a check", async () => {
    const { buyer, session, order } = await shop.begin();
    await shop.begin();
    await pay(buyer, session);
    expect(await check()).toMatchObject({ checked: 2, delivered: 1 });
    expect(await order()).toMatchObject({ state: "paid", hasAccess: true });
    expect(await check()).toMatchObject({ checked: 1, delivered: 0 });
  });

  it("R102: a check that is overdue is shown, until it was made", async () => {
    const { ref } = await shop.begin();
    shop.app.clock.advance("9m");
    expect((await health()).orders).toEqual([]);
    shop.app.clock.advance("9m");
    expect(await health()).toMatchObject({ counts: { overdue: 1 }, orders: [{ ref, reason: "overdue" }] });
    operator = (await shop.app.logIn(demoLogin)).client;
    expect((await check()).payments).toMatchObject({ counts: { overdue: 0 }, orders: [] });
  });

  it("R102: a payment that was saved without its delivery is shown, and delivered by a check", async () => {
    const { ref, session, buyer, order } = await shop.begin();
    await pay(buyer, session);
    await execute("update payment_attempts set state = 'paid'");
    await execute("update orders set next_check_at = null");
    expect(await health()).toMatchObject({ counts: { notDelivered: 1 }, orders: [{ ref, reason: "not_delivered" }] });
    expect(await check()).toMatchObject({ delivered: 1, payments: { counts: { notDelivered: 0 }, orders: [] } });
    expect(await order()).toMatchObject({ state: "paid", hasAccess: true });
  });

  it("R102: an order in trouble is shown with its reason, and without what was bought and by whom", async () => {
    const { ref, email, buyer, session } = await shop.begin();
    await execute("update demo_payments set amount = 1");
    await pay(buyer, session);
    await check();
    const answer = await operator.get<PaymentHealth>(PATH);
    expect(answer.json.counts.inTrouble).toBe(1);
    expect(answer.json.orders).toEqual([
      expect.objectContaining({ ref, reason: "amount_differs", buyer: "b•••@e•••.com" }),
    ]);
    expect(answer.text).not.toContain(email);
    expect(answer.text).not.toContain("Field notes");
  });

  it("R102: payments of the last week are those that a webhook told of, and those found by asking", async () => {
    const told = await shop.buy();
    await shop.buy();
    await shop.app.visitor().post("/webhooks/demo", signedWebhook(shop.app, { id: "event-1", session: told.session }));
    expect((await health()).lastWeek).toEqual({ paid: 2, heard: 1 });
    await execute("update payment_attempts set provider = 'manual'");
    expect((await health()).lastWeek).toEqual({ paid: 0, heard: 0 });
    await execute("update payment_attempts set provider = 'demo'");
    shop.app.clock.advance("8d");
    operator = (await shop.app.logIn(demoLogin)).client;
    expect((await health()).lastWeek).toEqual({ paid: 0, heard: 0 });
  });

  it("R102: of many orders, each check asks about twenty, and the next about others", async () => {
    const { clock } = shop.app;
    for (let count = 0; count < 25; count += 1) await shop.begin();
    clock.advance("1m");
    const { demoProvider } = shop.app.dependencies;
    if (!demoProvider) throw new Error("The demo has a provider");
    const look = vi.spyOn(demoProvider, "look");
    const asked = () => new Set(look.mock.calls.map(([session]) => session)).size;
    expect((await check()).checked).toBe(20);
    expect(asked()).toBe(20);
    await check();
    expect(asked()).toBe(25);
    look.mockRejectedValue(new ProviderUnavailable("not now"));
    expect((await check()).code).toBe("payments_unavailable");
  });
});
