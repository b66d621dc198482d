import { randomUUID } from "node:crypto";
import { wrap } from "@mikro-orm/core";
import type { Problem, Sale, SaleCard, SaleStatus } from "@yumroad/contract";
import { race, statusesOf } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createDemoSale, type DemoSale } from "../../../test/demo-sale.ts";
import { GOOD_PASSWORD } from "../../../test/test-app.ts";
import { RefundEntity } from "../orders/refund.entity.ts";
import { ProviderUnavailable } from "../payments/payment-provider.ts";

describe("a seller's sales", () => {
  let shop: DemoSale;
  beforeAll(async () => {
    shop = await createDemoSale();
  });
  afterAll(() => shop.app.close());

  const saleOf = async (ref: string) => (await shop.seller.get<Sale>(`/api/sales/${ref}`)).json;
  const refund = (ref: string, amount: number, more: object = {}) =>
    shop.seller.post<Sale & Problem>(`/api/sales/${ref}/refunds`, {
      json: { amount, endsAccess: false, reason: "", attempt: randomUUID(), ...more },
    });
  const sums = async () => {
    const [row] = await shop.app.dependencies.database.read<{ gross: number; refunded: number }>(
      "select sum(gross) as gross, sum(refunded) as refunded from sales_quarters",
      [],
    );
    return { gross: Number(row?.gross), refunded: Number(row?.refunded) };
  };

  it("R94: are theirs alone, and found by email or reference", async () => {
    const { ref, email } = await shop.buy();
    const { ref: open } = await shop.begin();
    const { json } = await shop.seller.get<{ items: SaleCard[] }>("/api/sales");
    expect(json.items.map((sale) => [sale.ref, sale.state])).toEqual([
      [open, "open"],
      [ref, "paid"],
    ]);
    for (const q of [email, ref.toLowerCase()]) {
      const found = await shop.seller.get<{ items: SaleCard[] }>(`/api/sales?q=${encodeURIComponent(q)}`);
      expect(found.json.items.map((sale) => sale.ref)).toEqual([ref]);
    }
    const other = await shop.app.signUp({ password: GOOD_PASSWORD });
    expect((await other.client.get<{ items: SaleCard[] }>("/api/sales")).json.items).toEqual([]);
    expect((await other.client.get(`/api/sales/${ref}`)).status).toBe(404);
    expect((await other.client.post(`/api/sales/${ref}/access`, { json: { hasAccess: false } })).status).toBe(404);
  });

  it("R94: are listed by status, each under exactly one", async () => {
    const em = shop.app.dependencies.database.fork();
    const change = (columns: string, ref: string) => em.execute(`update orders set ${columns} where ref = ?`, [ref]);
    const [{ ref: waiting }, { ref: paid }, { ref: refunded }] = [
      await shop.begin(),
      await shop.buy(),
      await shop.buy(),
    ];
    const [{ ref: declined }, { ref: expired }, { ref: twice }] = [
      await shop.begin(),
      await shop.begin(),
      await shop.buy(),
    ];
    await refund(refunded, 100);
    await refund(twice, 100);
    await change("state = 'failed'", declined);
    await change("state = 'expired'", expired);
    await change("trouble = 'paid_twice'", twice);
    const known = new Set([waiting, paid, refunded, declined, expired, twice]);
    const listed = async (status: SaleStatus) => {
      const { json } = await shop.seller.get<{ items: SaleCard[] }>(`/api/sales?status=${status}`);
      return json.items.map(({ ref }) => ref).filter((ref) => known.has(ref));
    };
    expect(await listed("waiting")).toEqual([waiting]);
    expect(await listed("paid")).toEqual([paid]);
    expect(await listed("refunded")).toEqual([refunded]);
    expect(await listed("not_paid")).toEqual([expired, declined]);
    expect(await listed("trouble")).toEqual([twice]);
    expect((await shop.seller.get("/api/sales?status=open")).status).toBe(422);
  });

  it("R94: are told by mail, with what happened to each", async () => {
    const { ref } = await shop.buy();
    expect((await shop.mailTo("mira@demo.example"))?.subject).toBe("You sold “Field notes”");
    expect((await saleOf(ref)).history.map(({ kind }) => kind)).toEqual(["begun", "payment_begun", "paid"]);
  });

  it("R95: are refunded in part, the access stays, and the buyer is told", async () => {
    const { ref, email, order } = await shop.buy();
    const before = await sums();
    const answer = await refund(ref, 500, { reason: "A torn page" });
    expect([answer.status, answer.json.refunded.amount, answer.json.hasAccess]).toEqual([201, 500, true]);
    expect(await order()).toMatchObject({ state: "paid", hasAccess: true, refunded: { amount: 500 } });
    expect((await shop.mailTo(email))?.subject).toBe("Your refund of EUR 5.00");
    expect(await sums()).toEqual({ gross: before.gross, refunded: before.refunded + 500 });
  });

  it("R95: of one order twenty refunds a day are made, and the buyer is mailed about the first ten", async () => {
    const { ref, email } = await shop.buy();
    const attempt = randomUUID();
    for (let cents = 1; cents <= 19; cents += 1) expect((await refund(ref, cents)).status).toBe(201);
    expect((await shop.mailTo(email))?.subject).toBe("Your refund of EUR 0.10");
    expect((await refund(ref, 20, { attempt })).status).toBe(201);
    const refused = await refund(ref, 1);
    expect([refused.status, refused.json.code]).toEqual([429, "rate_limited"]);
    expect((await refund(ref, 20, { attempt })).status, "the same attempt, again").toBe(201);
  });

  it("R95: the mail quotes the seller's name, which is not the shop's", async () => {
    const { ref, email } = await shop.buy();
    await refund(ref, 500);
    const { seller } = await (await shop.begin()).order();
    expect((await shop.mailTo(email))?.text).toContain(
      `The seller of order ${ref}, “${seller.name}”, refunded EUR 5.00.`,
    );
  });

  it("R95: are refunded in full, and the access ends if the seller says so", async () => {
    const { ref, order } = await shop.buy();
    await refund(ref, 1900, { endsAccess: true });
    expect(await order()).toMatchObject({ state: "paid", hasAccess: false, contents: [], refunded: { amount: 1900 } });
    expect((await saleOf(ref)).can.refund).toBe(false);
    await shop.seller.post(`/api/sales/${ref}/access`, { json: { hasAccess: true } });
    expect((await order()).contents).toHaveLength(1);
  });

  it("R95: of twenty refunds at once, no more is refunded than was paid; the same attempt is one refund", async () => {
    const { ref } = await shop.buy();
    const attempt = randomUUID();
    const same = await race(5, () => refund(ref, 400, { attempt }));
    expect(statusesOf(same)).toEqual([201, 201, 201, 201, 201]);
    expect((await saleOf(ref)).refunded.amount).toBe(400);
    expect((await refund(ref, 300, { attempt })).json.code).toBe("attempt_reused");
    const many = await race(20, () => refund(ref, 200));
    expect(statusesOf(many).filter((status) => status === 201)).toHaveLength(7);
    expect((await saleOf(ref)).refunded.amount).toBe(1800);
    expect((await refund(ref, 101)).json.code).toBe("refund_too_high");
  });

  it("R95: a refund that was left behind is finished once", async () => {
    const { ref } = await shop.buy();
    const { demoProvider, workers } = shop.app.dependencies;
    if (!demoProvider) throw new Error("The demo has a provider");
    const { refund: refundThere } = demoProvider;
    demoProvider.refund = () => Promise.reject(new Error("the process died"));
    expect((await refund(ref, 700)).status).toBe(500);
    demoProvider.refund = refundThere;
    expect((await saleOf(ref)).refunds).toMatchObject([{ state: "asked", amount: { amount: 700 } }]);
    shop.app.clock.advance("3m");
    await Promise.all([workers.refunds.run(), workers.refunds.run()]);
    expect(await saleOf(ref)).toMatchObject({ refunded: { amount: 700 }, refunds: [{ state: "done" }] });
  });

  it("R95: a refund through a provider that the shop has no more is not stored, and says so", async () => {
    const { ref } = await shop.buy();
    const em = shop.app.dependencies.database.fork();
    await em.execute(
      "update payment_attempts set provider = 'gone' where session in (select session from demo_payments where order_ref = ?)",
      [ref],
    );
    const answer = await refund(ref, 700);
    expect([answer.status, answer.json.code]).toEqual([503, "payments_unavailable"]);
    expect((await saleOf(ref)).refunds).toEqual([]);
  });

  it("R95: refunds that keep failing are tried again after a pause, and hold up no others", async () => {
    const { database, workers, demoProvider } = shop.app.dependencies;
    if (!demoProvider) throw new Error("The demo has a provider");
    const { ref } = await shop.buy();
    vi.spyOn(demoProvider, "refund").mockRejectedValueOnce(new ProviderUnavailable("not now"));
    await refund(ref, 1);
    const [found] = await database.fork().find(RefundEntity, { state: "asked" }, { populate: ["order", "attempt"] });
    if (!found) throw new Error("The refund is stored");
    const stuck = { ...wrap(found).toPOJO(), providerRefund: null, order: found.order.id, attempt: found.attempt.id };
    const earlier = new Date(found.triedAt.getTime() - 1000);
    const many = Array.from({ length: 50 }, () => ({ ...stuck, id: randomUUID(), requestKey: randomUUID() }));
    await database.fork().insertMany(
      RefundEntity,
      many.map((refund) => ({ ...refund, amount: 2, triedAt: earlier })),
    );
    const tries = vi.spyOn(demoProvider, "refund").mockImplementation(async (_payment, { amount }, key) => {
      if (amount === 2) throw new ProviderUnavailable("never");
      return { is: "done", refund: key };
    });
    tries.mockClear();
    shop.app.clock.advance("3m");
    await workers.refunds.run();
    await workers.refunds.run();
    await workers.refunds.run();
    expect(tries).toHaveBeenCalledTimes(51);
    expect((await saleOf(ref)).refunded.amount).toBe(1);
    tries.mockRestore();
    await database.fork().nativeDelete(RefundEntity, { state: "asked" });
  });

  it("R95: a refund of an order that was paid outside of the shop records what the seller has paid back", async () => {
    const { ref, order } = await shop.begin();
    const em = shop.app.dependencies.database.fork();
    await em.execute("update payment_attempts set provider = 'manual', pay_at = null where state = 'open'");
    expect((await saleOf(ref)).can.markAsPaid).toBe(true);
    const history = async () => (await saleOf(ref)).history.map(({ kind }) => kind).slice(2);
    vi.spyOn(shop.app.dependencies.mailer.box, "seal").mockImplementationOnce(() => {
      throw new Error("in the middle of the delivery");
    });
    expect((await shop.seller.post(`/api/sales/${ref}/paid`)).status).toBe(500);
    expect(await history()).toEqual([]);
    const marked = await race(3, () => shop.seller.post<Sale>(`/api/sales/${ref}/paid`));
    expect(statusesOf(marked)).toEqual([200, 200, 200]);
    expect(await order()).toMatchObject({ state: "paid", hasAccess: true });
    expect(await history()).toEqual(["marked_as_paid", "paid"]);
    expect((await refund(ref, 900)).json.refunded.amount).toBe(900);
  });

  it("an order that is not paid can be neither refunded nor, with a provider, marked as paid", async () => {
    const { ref } = await shop.begin();
    expect((await refund(ref, 100)).json.code).toBe("refund_too_high");
    const marked = await shop.seller.post<Problem>(`/api/sales/${ref}/paid`);
    expect(marked.json.code).toBe("not_payable_by_hand");
  });

  it("the receipt is sent again, with a key that opens the order elsewhere", async () => {
    const { ref, email } = await shop.buy();
    const before = await shop.mailTo(email);
    expect((await shop.seller.post(`/api/sales/${ref}/receipt`)).status).toBe(202);
    const after = await shop.mailTo(email);
    expect(after?.subject).toBe("Your receipt for “Field notes”");
    expect(after?.text).not.toBe(before?.text);
  });
});
