import type { Order, Problem, Sale } from "@yumroad/contract";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createStripeShop, type StripeOrder, type StripeShop } from "../../../test/stripe-shop.ts";

describe("R115: refunds and disputes at Stripe", () => {
  let shop: StripeShop;
  beforeAll(async () => {
    shop = await createStripeShop();
  });
  afterAll(() => shop.close());

  const told = () => shop.stripe.webhooks.settled();
  const saleOf = async (ref: string) => (await shop.seller.client.get<Sale>(`/api/sales/${ref}`)).json;
  const refund = (ref: string, more: object) =>
    shop.seller.client.post<Sale & Problem>(`/api/sales/${ref}/refunds`, {
      json: { amount: 700, endsAccess: false, reason: "", attempt: crypto.randomUUID(), ...more },
    });
  async function sell(): Promise<StripeOrder & { payment: string }> {
    const sale = await shop.begin();
    shop.stripe.act(sale.session, "pay");
    await told();
    return { ...sale, payment: String(shop.stripe.session(sale.session).payment_intent) };
  }

  it("R115: the seller refunds in part and then the rest, at Stripe, and the webhooks of it change nothing", async () => {
    const { ref, payment, order } = await sell();
    expect((await refund(ref, { amount: 700 })).json.refunds).toMatchObject([{ state: "done", isFromProvider: false }]);
    await told();
    await refund(ref, { amount: 1200, endsAccess: true });
    await told();
    expect(shop.stripe.refundsOf(payment).map(({ amount }) => amount)).toEqual([700, 1200]);
    expect(await saleOf(ref)).toMatchObject({ refunded: { amount: 1900 }, leftToRefund: { amount: 0 } });
    expect((await saleOf(ref)).refunds).toHaveLength(2);
    expect(await order()).toMatchObject({ hasAccess: false });
  });

  it("R115: a refund of Stripe's dashboard stands in the sale, and the access stays", async () => {
    const { ref, payment, order, email } = await sell();
    shop.stripe.refund(payment, { amount: 500 });
    await told();
    const sale = await saleOf(ref);
    expect(sale.refunds).toMatchObject([{ state: "done", amount: { amount: 500 }, isFromProvider: true }]);
    expect(sale).toMatchObject({ refunded: { amount: 500 }, hasAccess: true });
    expect(await order()).toMatchObject({ hasAccess: true, refunded: { amount: 500 } });
    expect((await shop.app.mailbox.last(email)).subject).toBe("Your refund of EUR 5.00");
    expect((await refund(ref, { amount: 1401 })).json.code).toBe("refund_too_high");
  });

  it("R115: a refund that fails days later is taken back, the access comes back, and the seller is told", async () => {
    const { ref, payment } = await sell();
    await refund(ref, { amount: 1900, endsAccess: true });
    const [made] = shop.stripe.refundsOf(payment);
    shop.stripe.finishRefund(made?.id ?? "", false);
    await told();
    expect(await saleOf(ref)).toMatchObject({
      ...{ refunded: { amount: 0 }, hasAccess: true, leftToRefund: { amount: 1900 } },
      refunds: [{ state: "failed" }],
    });
    expect((await shop.app.mailbox.last(shop.seller.email)).subject).toBe("A refund of EUR 19.00 failed");
  });

  it("R115: a refund that fails gives no access back that it has not ended, or that another has", async () => {
    const { ref, payment } = await sell();
    const access = (hasAccess: boolean) => shop.seller.client.post(`/api/sales/${ref}/access`, { json: { hasAccess } });
    await refund(ref, { amount: 100, endsAccess: true });
    await access(true);
    shop.app.clock.advance("1m");
    await access(false);
    const [first] = shop.stripe.refundsOf(payment);
    shop.stripe.finishRefund(first?.id ?? "", false);
    await told();
    expect(await saleOf(ref)).toMatchObject({ hasAccess: false, refunded: { amount: 0 } });
  });

  it("R115: a dispute in a currency of no price keeps no refund away, and ends for good", async () => {
    const { ref, payment } = await sell();
    const dispute = shop.stripe.dispute(payment);
    Object.assign(dispute, { currency: "aed", amount: 7978, status: "warning_needs_response" });
    shop.stripe.refund(payment, { amount: 100 });
    await told();
    expect(await saleOf(ref)).toMatchObject({
      refunded: { amount: 100 },
      disputes: [{ state: "inquiry", amount: { amount: 7978, currency: "AED" } }],
    });
    Object.assign(dispute, { status: "needs_response", amount: 8000 });
    const { webhooks } = shop.stripe;
    const opened = webhooks.events.findLast(({ event }) => event.type === "charge.dispute.created");
    if (opened) await webhooks.send(opened.event);
    expect((await saleOf(ref)).disputes).toMatchObject([{ state: "needs_response", amount: { amount: 8000 } }]);
    expect((await shop.app.mailbox.last(shop.seller.email)).subject).toContain("AED 8000 (minor units)");
    shop.stripe.closeDispute(dispute.id, false);
    await told();
    // An answer of before, which was on its way.
    Object.assign(dispute, { status: "under_review" });
    if (opened) await webhooks.send(opened.event);
    expect((await saleOf(ref)).disputes).toMatchObject([{ state: "lost" }]);
  });

  it("R115: a refund that the bank takes days for is on its way, and then done", async () => {
    const { ref, payment } = await sell();
    shop.stripe.delayRefunds(true);
    onTestFinished(() => shop.stripe.delayRefunds(false));
    const { json } = await refund(ref, { amount: 700, endsAccess: true });
    expect(json).toMatchObject({ refunds: [{ state: "pending" }], hasAccess: true, leftToRefund: { amount: 1200 } });
    shop.stripe.finishRefund(shop.stripe.refundsOf(payment)[0]?.id ?? "", true);
    await told();
    expect(await saleOf(ref)).toMatchObject({
      refunds: [{ state: "done" }],
      hasAccess: false,
      refunded: { amount: 700 },
    });
  });

  it("R95: a refund whose answer is lost is made once", async () => {
    const { ref, payment } = await sell();
    shop.stripe.fail({ call: "POST /v1/refunds", with: "lose_answer", times: 2 });
    expect((await refund(ref, {})).json.code).toBe("payments_unavailable");
    shop.app.clock.advance("2d");
    await shop.app.dependencies.workers.refunds.run();
    expect(shop.stripe.refundsOf(payment)).toHaveLength(1);
    await shop.relogIn();
    expect(await saleOf(ref)).toMatchObject({ refunds: [{ state: "done" }], refunded: { amount: 700 } });
  });

  it("R115: a refund that Stripe refuses has failed", async () => {
    const { ref, payment } = await sell();
    shop.stripe.webhooks.setSilent(true);
    onTestFinished(() => shop.stripe.webhooks.setSilent(false));
    shop.stripe.refund(payment, { amount: 1900 });
    expect((await refund(ref, {})).json.refunds).toMatchObject([{ state: "failed" }]);
  });

  it("R115: a dispute stands beside the sale with the time to answer, and so does how it ended", async () => {
    const { ref, payment, order } = await sell();
    const { id } = shop.stripe.dispute(payment);
    await told();
    expect(await saleOf(ref)).toMatchObject({
      ...{ state: "paid", hasAccess: true },
      disputes: [{ state: "needs_response", amount: { amount: 1900 }, answerBy: expect.any(String) }],
    });
    expect((await shop.app.mailbox.last(shop.seller.email)).subject).toContain("disputes a payment of EUR 19.00");
    shop.stripe.closeDispute(id, false);
    await told();
    expect((await saleOf(ref)).disputes).toMatchObject([{ state: "lost" }]);
    expect((await saleOf(ref)).history.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["dispute_opened", "dispute_lost"]),
    );
    expect(await order()).toMatchObject({ state: "paid" } satisfies Partial<Order>);
  });

  describe("in a store where a dispute ends access", () => {
    const set = (endsAccessOnDispute: boolean) =>
      shop.seller.client.patch("/api/me/store/payments", { json: { endsAccessOnDispute } });
    beforeAll(() => set(true));
    afterAll(() => set(false));

    async function dispute({ payment }: { payment: string }, status?: "warning_needs_response") {
      const made = shop.stripe.dispute(payment);
      if (status) Object.assign(made, { status });
      await told();
      return made;
    }
    async function close({ id }: { id: string }, isWon: boolean) {
      shop.stripe.closeDispute(id, isWon);
      await told();
    }
    const mailedLast = async () => (await shop.app.mailbox.last(shop.seller.email)).text;

    it("R115: access ends when the dispute opens, and comes back when it is won; the money is not touched", async () => {
      const sale = await sell();
      const made = await dispute(sale);
      expect(await sale.order()).toMatchObject({ state: "paid", hasAccess: false, refunded: { amount: 0 } });
      expect(await mailedLast()).toContain("Their access has ended; they get it back if you win.");
      await close(made, true);
      const { history, ...won } = await saleOf(sale.ref);
      expect(won).toMatchObject({ hasAccess: true, refunded: { amount: 0 }, leftToRefund: { amount: 1900 } });
      const kinds = ["dispute_opened", "access_ended", "dispute_won", "access_given_back"];
      expect(history.map(({ kind }) => kind).slice(-4)).toEqual(kinds);
    });

    it("R115: a dispute about a payment that delivered nothing ends no access", async () => {
      const sale = await sell();
      const sql = "update payment_attempts set trouble = 'paid_twice' where payment = ?";
      await shop.app.dependencies.database.fork().execute(sql, [sale.payment]);
      await dispute(sale);
      expect(await sale.order()).toMatchObject({ hasAccess: true });
    });

    it("R115: access stays ended when the dispute is lost", async () => {
      const sale = await sell();
      await close(await dispute(sale), false);
      expect(await sale.order()).toMatchObject({ hasAccess: false });
    });

    it("R115: an inquiry ends no access until it becomes a dispute", async () => {
      const sale = await sell();
      const made = await dispute(sale, "warning_needs_response");
      expect(await sale.order()).toMatchObject({ hasAccess: true });
      Object.assign(made, { status: "needs_response" });
      const { webhooks } = shop.stripe;
      const opened = webhooks.events.findLast(({ event }) => event.type === "charge.dispute.created");
      if (opened) await webhooks.send(opened.event);
      expect(await sale.order()).toMatchObject({ hasAccess: false });
    });

    it("R115: what the seller decides while a dispute is open stays so", async () => {
      const sale = await sell();
      const access = (hasAccess: boolean) =>
        shop.seller.client.post(`/api/sales/${sale.ref}/access`, { json: { hasAccess } });
      const made = await dispute(sale);
      await access(true);
      Object.assign(made, { status: "under_review" });
      const { webhooks } = shop.stripe;
      const opened = webhooks.events.findLast(({ event }) => event.type === "charge.dispute.created");
      if (opened) await webhooks.send(opened.event);
      expect(await sale.order()).toMatchObject({ hasAccess: true });
      shop.app.clock.advance("1s");
      await access(false);
      await close(made, true);
      expect(await sale.order()).toMatchObject({ hasAccess: false });
    });

    it("R115: a won dispute gives no access back that a refund or another dispute has ended as well", async () => {
      const sale = await sell();
      const [first, second] = [await dispute(sale), await dispute(sale)];
      await refund(sale.ref, { amount: 100, endsAccess: true });
      await told();
      await close(first, true);
      await close(second, true);
      expect(await sale.order()).toMatchObject({ hasAccess: false });
      const [made] = shop.stripe.refundsOf(sale.payment);
      shop.stripe.finishRefund(made?.id ?? "", false);
      await told();
      expect(await sale.order()).toMatchObject({ hasAccess: true });
      const third = await dispute(sale);
      const fourth = await dispute(sale);
      await close(third, true);
      expect(await sale.order()).toMatchObject({ hasAccess: false });
      await close(fourth, true);
      expect(await sale.order()).toMatchObject({ hasAccess: true });
    });
  });

  it("R115: refunds and disputes without a webhook are found within the hour", async () => {
    const { ref, payment } = await sell();
    const { missedNews } = shop.app.dependencies.workers;
    shop.stripe.webhooks.setSilent(true);
    onTestFinished(() => shop.stripe.webhooks.setSilent(false));
    shop.stripe.refund(payment, { amount: 300 });
    shop.stripe.dispute(payment);
    await missedNews.run();
    expect(await saleOf(ref)).toMatchObject({ refunded: { amount: 300 }, disputes: [{ state: "needs_response" }] });
    const before = shop.stripe.calls.length;
    await missedNews.run();
    expect(shop.stripe.calls.length - before).toBe(1);
  });

  it("R115: a refund and a dispute that were heard before the payment was found stand in the sale once it is", async () => {
    const { webhooks } = shop.stripe;
    webhooks.setSilent(true);
    onTestFinished(() => webhooks.setSilent(false));
    const { ref, session, check } = await shop.begin();
    shop.stripe.act(session, "pay");
    const before = webhooks.events.length;
    const payment = String(shop.stripe.session(session).payment_intent);
    shop.stripe.refund(payment, { amount: 300 });
    shop.stripe.dispute(payment);
    for (const { event } of webhooks.events.slice(before)) expect(await webhooks.send(event)).toEqual([204]);
    expect(await check()).toMatchObject({ state: "paid", refunded: { amount: 0 } });
    const { newPayments } = shop.app.dependencies.workers;
    shop.stripe.fail({ call: "GET /v1/disputes", with: 500, times: 1 });
    await newPayments.run();
    shop.app.clock.advance("11m");
    await newPayments.run();
    await shop.relogIn();
    expect(await saleOf(ref)).toMatchObject({ refunded: { amount: 300 }, disputes: [{ state: "needs_response" }] });
    const calls = shop.stripe.calls.length;
    shop.app.clock.advance("11m");
    await newPayments.run();
    expect(shop.stripe.calls.length).toBe(calls);
    await shop.relogIn();
  });

  it("R115: a refund that has failed can be made again, and the failed one counts if it is done after all", async () => {
    const { ref, payment } = await sell();
    await refund(ref, { amount: 700, endsAccess: true });
    const [first] = shop.stripe.refundsOf(payment);
    shop.stripe.finishRefund(first?.id ?? "", false);
    await told();
    const again = (await refund(ref, { amount: 1200 })).json;
    expect(again.refunds.map(({ state }) => state)).toEqual(["failed", "done"]);
    expect(again).toMatchObject({ hasAccess: true, leftToRefund: { amount: 700 }, can: { refund: true } });
    shop.stripe.finishRefund(first?.id ?? "", true);
    await told();
    const sale = await saleOf(ref);
    expect(sale.refunds.map(({ state }) => state)).toEqual(["done", "done"]);
    expect(sale).toMatchObject({ hasAccess: false, refunded: { amount: 1900 }, leftToRefund: { amount: 0 } });
  });

  it("R115: an answer that is older than what is known by the time it comes is asked for again", async () => {
    const { ref, payment } = await sell();
    await refund(ref, { amount: 700 });
    await told();
    const { webhooks, calls } = shop.stripe;
    webhooks.setSilent(true);
    onTestFinished(() => webhooks.setSilent(false));
    const disputesAsked = () => calls.filter(({ path }) => path.startsWith("/v1/disputes")).length;
    /** Hears that the bank has refused or taken the money; the answer about it is a while on its way. */
    const hearSlowly = async (isDone: boolean, afterMs: number) => {
      shop.stripe.finishRefund(shop.stripe.refundsOf(payment)[0]?.id ?? "", isDone);
      shop.stripe.fail({ call: "GET /v1/disputes", with: 200, afterMs, times: 1 });
      const asked = disputesAsked();
      const event = webhooks.events.at(-1)?.event;
      const answers = event ? webhooks.send(event) : Promise.resolve([]);
      await expect.poll(disputesAsked).toBe(asked + 1);
      return { answers };
    };
    const failed = await hearSlowly(false, 200);
    const done = await hearSlowly(true, 500);
    await failed.answers;
    expect(await saleOf(ref)).toMatchObject({ refunded: { amount: 0 } });
    await done.answers;
    expect(await saleOf(ref)).toMatchObject({ refunds: [{ state: "done" }], refunded: { amount: 700 } });
  });

  it("R95: a failed refund that is done after all counts no money that was given back since", async () => {
    const { ref, payment } = await sell();
    await refund(ref, { amount: 1900 });
    const [first] = shop.stripe.refundsOf(payment);
    shop.stripe.finishRefund(first?.id ?? "", false);
    await told();
    await refund(ref, { amount: 1500 });
    shop.stripe.finishRefund(first?.id ?? "", true);
    await told();
    const sale = await saleOf(ref);
    expect(sale.refunds.map(({ state }) => state)).toEqual(["failed", "done"]);
    expect(sale).toMatchObject({ refunded: { amount: 1500 }, leftToRefund: { amount: 400 } });
  });

  it("R95: a refund counts no money that a failed one has given back after all", async () => {
    const { ref, payment } = await sell();
    await refund(ref, { amount: 1900 });
    const [first] = shop.stripe.refundsOf(payment);
    shop.stripe.finishRefund(first?.id ?? "", false);
    await told();
    shop.stripe.delayRefunds(true);
    onTestFinished(() => shop.stripe.delayRefunds(false));
    await refund(ref, { amount: 1500 });
    for (const { id } of shop.stripe.refundsOf(payment)) {
      shop.stripe.finishRefund(id, true);
      await told();
    }
    const sale = await saleOf(ref);
    expect(sale.refunds.map(({ state }) => state)).toEqual(["done", "failed"]);
    expect(sale).toMatchObject({ refunded: { amount: 1900 }, leftToRefund: { amount: 0 } });
  });

  it("R115: webhooks about refunds and disputes count once, sent twice, at once and in the wrong order", async () => {
    const { ref, payment } = await sell();
    const { webhooks } = shop.stripe;
    const before = webhooks.events.length;
    webhooks.setSilent(true);
    onTestFinished(() => webhooks.setSilent(false));
    shop.stripe.refund(payment, { amount: 100 });
    const failing = shop.stripe.refund(payment, { amount: 200 });
    shop.stripe.finishRefund(failing.id, false);
    shop.stripe.closeDispute(shop.stripe.dispute(payment).id, true);
    const events = webhooks.events.slice(before).map(({ event }) => event);
    const answers = await Promise.all([...events, ...events.toReversed()].map((event) => webhooks.send(event)));
    expect(new Set(answers.flat())).toEqual(new Set([204]));
    const sale = await saleOf(ref);
    expect(sale.refunds.map(({ state, amount }) => [state, amount.amount])).toEqual(
      expect.arrayContaining([
        ["done", 100],
        ["failed", 200],
      ]),
    );
    expect(sale.refunds).toHaveLength(2);
    expect(sale).toMatchObject({ refunded: { amount: 100 }, disputes: [{ state: "won" }] });
  });
});
