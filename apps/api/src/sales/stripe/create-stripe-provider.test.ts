import type { PaymentFinding, PaymentHealth, Problem, Sale } from "@yumroad/contract";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { makeOperator } from "../../../test/operators.ts";
import { order as orderAs } from "../../../test/selling.ts";
import { createStripeShop, type StripeOrder, type StripeShop } from "../../../test/stripe-shop.ts";
import { operatorCommands } from "../../cli/operator-commands.ts";
import { accountNamed } from "../../cli/user-commands.ts";

/** An order as it is answered, whatever becomes of its payment. */
function orderOf({ app, product }: StripeShop, { attempt }: { attempt: string }) {
  return orderAs<{ ref: string; payAt: string | null }>(app.visitor(), product, { email: "one@example.com", attempt });
}

describe("R114: a sale by Stripe", () => {
  let shop: StripeShop;
  beforeAll(async () => {
    shop = await createStripeShop();
  });
  afterAll(() => shop.close());

  const told = () => shop.stripe.webhooks.settled();
  async function payByBank(more: { attempt?: string } = {}): Promise<StripeOrder> {
    const sale = await shop.begin(more);
    shop.stripe.act(sale.session, "pay_by_bank");
    await told();
    return sale;
  }

  it("R114: is paid on Stripe's page, and delivered when its webhook arrives", async () => {
    const { session, payAt, order, email } = await shop.begin();
    expect(payAt).toBe(`${shop.stripe.url}/c/pay/${session}`);
    expect(await order()).toMatchObject({ state: "open", hasAccess: false });
    shop.stripe.act(session, "pay");
    await told();
    expect(shop.stripe.webhooks.events.at(-1)?.answers).toEqual([204]);
    expect(await order()).toMatchObject({ state: "paid", hasAccess: true });
    expect((await shop.app.mailbox.last(email)).subject).toContain("Field notes");
  });

  it("R114: sends the buyer back to the order, or to the checkout", async () => {
    const { ref, session } = await shop.begin();
    const { success_url: back, cancel_url: cancel } = shop.stripe.session(session);
    expect([back, cancel]).toEqual([
      `https://shop.example/orders/${ref}`,
      `https://shop.example/p/${shop.product.slug}/checkout`,
    ]);
  });

  it("R89: is delivered without any webhook, by the page that the buyer comes back to or by the sweep", async () => {
    shop.stripe.webhooks.setSilent(true);
    onTestFinished(() => shop.stripe.webhooks.setSilent(false));
    const [seen, unseen] = [await shop.begin(), await shop.begin()];
    for (const { session } of [seen, unseen]) shop.stripe.act(session, "pay");
    expect(await seen.check()).toMatchObject({ state: "paid", hasAccess: true });
    shop.app.clock.advance("3m");
    await shop.app.dependencies.workers.orderCheck.run();
    expect(await unseen.order()).toMatchObject({ state: "paid", hasAccess: true });
  });

  it("R114: that a bank takes days for is delivered when the money has arrived", async () => {
    const { session, order } = await payByBank();
    expect(await order()).toMatchObject({ state: "pending", hasAccess: false });
    shop.stripe.act(session, "settle");
    await told();
    expect(await order()).toMatchObject({ state: "paid", hasAccess: true });
  });

  it("R114: whose bank refuses can be paid again, in a session of its own", async () => {
    const attempt = crypto.randomUUID();
    const { session, order, buyer, email } = await payByBank({ attempt });
    shop.stripe.act(session, "bounce");
    await told();
    expect(await order()).toMatchObject({ state: "failed" });
    const second = await shop.begin({ email, buyer, attempt });
    expect(second.session).not.toBe(session);
    shop.stripe.act(second.session, "pay");
    await told();
    expect(await order()).toMatchObject({ state: "paid" });
  });

  it("R91: of another amount delivers nothing", async () => {
    const { session, order } = await shop.begin();
    shop.stripe.edit(session, { amount_total: 1 });
    shop.stripe.act(session, "pay");
    await told();
    expect(await order()).toMatchObject({ hasAccess: false, isInTrouble: true });
  });

  it("R91: in a currency that the shop does not know delivers nothing, and is refunded", async () => {
    const { ref, session, order } = await shop.begin();
    shop.stripe.edit(session, { currency: "aed", amount_total: 7978 });
    shop.stripe.act(session, "pay");
    await told();
    expect(shop.stripe.webhooks.events.at(-1)?.answers).toEqual([204]);
    expect(await order()).toMatchObject({ hasAccess: false, isInTrouble: true });
    expect((await shop.app.mailbox.last(shop.seller.email)).text).toContain("AED 7978 (minor units)");
    const { client } = shop.seller;
    const [stuck] = (await client.get<PaymentHealth>("/api/operator/payments")).json.orders;
    expect(stuck).toMatchObject({ ref, reason: "amount_differs" });
    const [extra] = (await client.get<Sale>(`/api/sales/${ref}`)).json.extraPayments;
    const paid = { amount: 7978, currency: "AED" };
    expect(extra).toMatchObject({ reason: "amount_differs", paid, left: paid });
    const json = { amount: 7978, extraPayment: extra?.id, endsAccess: false, reason: "", attempt: crypto.randomUUID() };
    const refunded = await client.post<Sale>(`/api/sales/${ref}/refunds`, { json });
    expect(refunded.json).toMatchObject({ isInTrouble: false, refunds: [{ state: "done", amount: paid }] });
  });

  it("R91: of which Stripe knows nothing, since its account was changed, is not expired, and the operator is told", async () => {
    const trial = await createStripeShop();
    onTestFinished(trial.close);
    const operator = () => trial.seller.client;
    const [paid, other] = [await trial.begin(), await trial.begin()];
    trial.stripe.webhooks.setSilent(true);
    for (const { session } of [paid, other]) trial.stripe.act(session, "pay");
    trial.stripe.fail({ call: "GET /v1/checkout/sessions", with: 404, times: 1000 });
    expect(await paid.check()).toMatchObject({ state: "open" });
    for (let day = 0; day < 6; day += 1) {
      trial.app.clock.advance("1d");
      await trial.app.dependencies.workers.orderCheck.run();
    }
    expect(await paid.order()).toMatchObject({ state: "open" });
    await trial.relogIn();
    const health = (await operator().get<PaymentHealth>("/api/operator/payments")).json;
    expect(health.counts.notFound).toBe(2);
    expect(health.orders).toMatchObject([
      { ref: other.ref, reason: "not_found" },
      { ref: paid.ref, reason: "not_found" },
    ]);
    const { json } = await operator().post<{ findings: PaymentFinding[] }>("/api/operator/payments/setup");
    expect(json.findings).toContainEqual(expect.objectContaining({ code: "payments_not_found", level: "amber" }));
    const logged = trial.app.logs.lines.filter(({ event }) => event === "payment_not_found");
    expect(logged).toHaveLength(2);

    // The seller finds one in the dashboard of the old account, and then its key is set again.
    expect((await operator().get<Sale>(`/api/sales/${other.ref}`)).json.can.markAsPaid).toBe(true);
    await operator().post(`/api/sales/${other.ref}/paid`);
    trial.stripe.recover();
    await operator().post("/api/operator/payments/check");
    for (const { order } of [paid, other]) expect(await order()).toMatchObject({ state: "paid", hasAccess: true });
    const after = (await operator().get<PaymentHealth>("/api/operator/payments")).json;
    expect(after).toMatchObject({ counts: { notFound: 0 }, orders: [] });
  });

  it("R91: in test mode has expired once the key is a live one", async () => {
    const stripe = shop.app.dependencies.payments.get("stripe");
    expect(await stripe?.look("cs_test_of_a_trial")).toMatchObject({ is: "expired", paid: null });
    expect(await stripe?.look("cs_live_of_another_account")).toBeNull();
  });

  it("R90: whose session is stored by nobody is asked for again, and is the same one", async () => {
    shop.stripe.fail({ call: "POST /v1/checkout/sessions", with: "lose_answer", times: 2 });
    const email = "lost@example.com";
    await expect(shop.begin({ email })).rejects.toThrow("503");
    const [known] = shop.stripe.calls.filter(
      ({ body }) => (body as { customer_email?: string })?.customer_email === email,
    );
    shop.app.clock.advance("3m");
    await shop.app.dependencies.workers.orderCheck.run();
    const calls = shop.stripe.calls.filter(({ idempotencyKey }) => idempotencyKey === known?.idempotencyKey);
    expect(calls.length).toBeGreaterThan(1);
    const made = shop.stripe.sessions().filter(({ customer_email }) => customer_email === email);
    expect(made).toHaveLength(1);
  });

  it.each([
    ["refuses the key", { with: 401, times: 1 }],
    ["is limited", { with: 429, times: 1 }],
    ["fails", { with: 500, times: 1 }],
    ["hangs up", { with: "hang_up", times: 2 }],
  ] as const)("R114: says that nothing was charged while Stripe %s", async (_what, fault) => {
    const { logs } = shop.app;
    shop.stripe.fail({ call: "POST /v1/checkout/sessions", ...fault });
    onTestFinished(shop.stripe.recover);
    await expect(shop.begin()).rejects.toThrow(/503.*payments_unavailable/s);
    expect(logs.lines.map((line) => JSON.stringify(line)).join("\n")).not.toContain("rk_live_of_a_shop");
  });

  it("R93: an event of the other mode is accepted and does nothing", async () => {
    const { session, order } = await shop.begin();
    shop.stripe.webhooks.setSilent(true);
    onTestFinished(() => shop.stripe.webhooks.setSilent(false));
    shop.stripe.act(session, "pay");
    const hear = (isLive: boolean) =>
      shop.app.visitor().post<Problem>("/webhooks/stripe", shop.sign({ ...shop.eventOf(session), livemode: isLive }));
    expect((await hear(false)).status).toBe(204);
    expect(await order()).toMatchObject({ state: "open" });
    expect((await hear(true)).status).toBe(204);
    expect(await order()).toMatchObject({ state: "paid" });
  });

  it("R114: a payment that Stripe will never take has failed, and can be begun anew", async () => {
    shop.stripe.fail({ call: "POST /v1/checkout/sessions", with: 400, times: 1 });
    const attempt = crypto.randomUUID();
    const { json } = await orderOf(shop, { attempt });
    expect(json.payAt).toBeNull();
    expect(
      await shop.app.dependencies.database.read("select state from payment_attempts where session is null", []),
    ).toEqual(expect.arrayContaining([{ state: "failed" }]));
    const before = shop.stripe.calls.length;
    shop.app.clock.advance("3m");
    await shop.app.dependencies.workers.orderCheck.run();
    const begunAgain = shop.stripe.calls
      .slice(before)
      .filter(({ body }) => (body as { customer_email?: string })?.customer_email === "one@example.com");
    expect(begunAgain).toEqual([]);
    expect((await orderOf(shop, { attempt })).json.payAt).toContain("/c/pay/");
  });

  it("R114: in test mode nobody but operators buys", async () => {
    const trial = await createStripeShop({ settings: { key: "rk_test_of_a_shop", isLive: false } });
    onTestFinished(trial.close);
    await expect(trial.begin()).rejects.toThrow("checkout_not_set_up");
    const other = await makeOperator(trial.app, await trial.app.signUp());
    expect((await trial.begin({ buyer: other.client, email: other.email })).payAt).toContain("/c/pay/cs_test");
  });

  it("R114: an order of a store that is no operator's any more is not paid through the operators' account", async () => {
    const own = await createStripeShop();
    onTestFinished(own.close);
    const attempt = crypto.randomUUID();
    const { session, buyer, email } = await own.begin({ attempt });
    await makeOperator(own.app, await own.app.signUp());
    await operatorCommands.remove?.(own.app.dependencies, await accountNamed(own.app.dependencies, own.seller.email));
    own.stripe.act(session, "let_expire");
    await own.stripe.webhooks.settled();
    await expect(own.begin({ attempt, buyer, email })).rejects.toThrow("checkout_not_set_up");
  });

  it("R93: a signature of the future is refused, and what is no event does nothing", async () => {
    const early = shop.sign(shop.eventOf("cs_live_1"));
    shop.app.clock.advance("1h");
    const late = shop.sign(shop.eventOf("cs_live_1"));
    const hear = (webhook: object) => shop.app.visitor().post<Problem>("/webhooks/stripe", webhook);
    expect((await hear(early)).json.code).toBe("webhook_invalid");
    expect(
      (await hear({ ...late, headers: { ...late.headers, "Stripe-Signature": shop.signatureOf(late.body, "1h") } }))
        .json.code,
    ).toBe("webhook_invalid");
    expect((await hear(shop.sign([]))).status).toBe(204);
  });

  it("R114: other stores of a marketplace sell nothing by it", async () => {
    const other = await shop.app.signUp();
    const { json: product } = await other.client.post<{ slug: string }>("/api/products", {
      json: { name: "Elsewhere", price: { amount: 500, currency: "EUR" } },
    });
    const json = { email: "a@example.com", seenPrice: { amount: 500, currency: "EUR" }, hasConsented: true };
    const answer = await shop.app
      .visitor()
      .post<Problem>(`/api/products/${product.slug}/checkout`, { json: { ...json, attempt: crypto.randomUUID() } });
    expect(answer.json.code).toBe("checkout_not_set_up");
  });
});
