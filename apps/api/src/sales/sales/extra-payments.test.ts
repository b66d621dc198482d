import { randomUUID } from "node:crypto";
import type { Problem, Sale } from "@yumroad/contract";
import { race, statusesOf } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BegunSale, createDemoSale, type DemoSale } from "../../../test/demo-sale.ts";
import { DemoPaymentEntity } from "../payments/demo-payment.entity.ts";

const eur = (amount: number) => ({ amount, currency: "EUR" });

describe("money that delivers nothing", () => {
  let shop: DemoSale;
  beforeAll(async () => {
    shop = await createDemoSale();
  });
  afterAll(() => shop.app.close());

  const saleOf = async (ref: string) => (await shop.seller.get<Sale>(`/api/sales/${ref}`)).json;
  const refund = (
    ref: string,
    json: { amount: number; extraPayment?: string; attempt?: string; endsAccess?: boolean },
  ) =>
    shop.seller.post<Sale & Problem>(`/api/sales/${ref}/refunds`, {
      json: { endsAccess: false, reason: "", attempt: randomUUID(), ...json },
    });
  const atProvider = (session: string, changes: { state?: "paid"; amount?: number }) =>
    shop.app.dependencies.database.fork().nativeUpdate(DemoPaymentEntity, { session }, changes);
  const act = ({ buyer }: BegunSale, session: string, outcome: "pay" | "decline") =>
    buyer.post(`/api/demo-payments/${session}`, { json: { outcome, isUntold: true } });
  const check = ({ buyer, ref }: BegunSale) => buyer.post(`/api/orders/${ref}/check`);
  const refundedInQuarters = async () => {
    const sql = "select coalesce(sum(refunded), 0) as sum from sales_quarters";
    const [row] = await shop.app.dependencies.database.read<{ sum: number }>(sql, []);
    return Number(row?.sum);
  };
  const kindsOf = ({ history }: Sale) => history.map(({ kind }) => kind);

  /** A declined payment that arrives after all, when another try has been paid. */
  async function payTwice(): Promise<BegunSale & { extraPayment: string }> {
    const attempt = randomUUID();
    const first = await shop.begin({ attempt });
    await act(first, first.session, "decline");
    await check(first);
    const second = await shop.begin({ attempt, email: first.email }, first.buyer);
    await act(first, second.session, "pay");
    await check(first);
    await atProvider(first.session, { state: "paid" });
    await check(first);
    return { ...first, extraPayment: (await saleOf(first.ref)).extraPayments[0]?.id ?? "" };
  }

  async function payOtherAmount(attempt: string = randomUUID()) {
    const begun = await shop.begin({ attempt });
    await atProvider(begun.session, { amount: 700 });
    await act(begun, begun.session, "pay");
    await check(begun);
    return { ...begun, extraPayment: (await saleOf(begun.ref)).extraPayments[0]?.id ?? "" };
  }

  it("R91: a second payment is told to the seller by mail, and shown apart from the order’s own", async () => {
    const { ref } = await payTwice();
    expect((await shop.mailTo("mira@demo.example"))?.subject).toBe("An order was paid twice");
    const sale = await saleOf(ref);
    expect(sale).toMatchObject({ isInTrouble: true, refunded: eur(0) });
    expect(sale.extraPayments).toMatchObject([{ reason: "paid_twice", paid: eur(1900), left: eur(1900) }]);
  });

  it("R91: a second payment is refunded on its own, and the sale stays as it is", async () => {
    const { ref, extraPayment, order, email } = await payTwice();
    const before = await refundedInQuarters();
    const { json, status } = await refund(ref, { amount: 1900, extraPayment, endsAccess: true });
    expect(status).toBe(201);
    expect(json).toMatchObject({ isInTrouble: false, refunded: eur(0), hasAccess: true, can: { refund: true } });
    expect(json.refunds).toMatchObject([{ isOfExtraPayment: true, state: "done", amount: eur(1900) }]);
    expect(json.extraPayments).toMatchObject([{ left: eur(0) }]);
    expect(kindsOf(json).slice(-3)).toEqual(["refund_asked", "refunded", "trouble_settled"]);
    expect(await refundedInQuarters()).toBe(before);
    expect(await order()).toMatchObject({ isInTrouble: false, hasAccess: true });
    expect((await shop.mailTo(email))?.text).toContain("You had paid more than once.");
    expect((await refund(ref, { amount: 1900 })).json).toMatchObject({ refunded: eur(1900), can: { refund: false } });
    expect(await refundedInQuarters()).toBe(before + 1900);
  });

  it("R95: of each payment no more is refunded than was paid, however many refunds come at once", async () => {
    const { ref, extraPayment } = await payTwice();
    const many = await race(6, () => refund(ref, { amount: 800, extraPayment }));
    expect(statusesOf(many).sort()).toEqual([201, 201, 409, 409, 409, 409]);
    expect(await saleOf(ref)).toMatchObject({ isInTrouble: true, extraPayments: [{ left: eur(300) }] });
    expect((await refund(ref, { amount: 1901 })).json.code).toBe("refund_too_high");
    expect((await refund(ref, { amount: 300, extraPayment })).json.isInTrouble).toBe(false);
    const other = await payTwice();
    expect((await refund(ref, { amount: 1, extraPayment: other.extraPayment })).json.code).toBe("refund_too_high");
  });

  it("R95: one attempt is one refund of one payment", async () => {
    const { ref, extraPayment } = await payTwice();
    const attempt = randomUUID();
    await refund(ref, { amount: 100, attempt });
    expect((await refund(ref, { amount: 100, attempt, extraPayment })).json.code).toBe("attempt_reused");
  });

  it("R91: a payment of another amount is told to the seller, refunded in full, and then the buyer can order again", async () => {
    const attempt = randomUUID();
    const { ref, buyer, email, order, extraPayment, session } = await payOtherAmount(attempt);
    expect((await shop.mailTo("mira@demo.example"))?.subject).toBe("A payment differs from its order");
    expect(await order()).toMatchObject({ isInTrouble: true, hasAccess: false });
    expect((await refund(ref, { amount: 700 })).json.code).toBe("refund_too_high");
    expect((await refund(ref, { amount: 700, extraPayment })).json).toMatchObject({
      ...{ isInTrouble: false, state: "expired", refunded: eur(0), extraPayments: [{ reason: "amount_differs" }] },
    });
    expect((await shop.mailTo(email))?.text).toContain("nothing was delivered");
    expect(await order()).toMatchObject({ state: "expired", isMismatchRefunded: true });
    const again = await shop.begin({ attempt, email }, buyer);
    expect([again.ref, again.session === session]).toEqual([ref, false]);
    await act(again, again.session, "pay");
    await check(again);
    expect(await order()).toMatchObject({ state: "paid", isInTrouble: false, hasAccess: true });
    expect((await refund(ref, { amount: 1900 })).json.refunded).toEqual(eur(1900));
  });

  it("R91: until then, another try leads to the order, not to the payment that is over", async () => {
    const attempt = randomUUID();
    const { ref, buyer, email } = await payOtherAmount(attempt);
    expect(await shop.begin({ attempt, email }, buyer)).toMatchObject({ ref, session: "" });
  });
});
