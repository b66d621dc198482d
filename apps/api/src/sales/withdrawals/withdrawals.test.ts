import { randomUUID } from "node:crypto";
import type { Checkout, Order, StrayWithdrawal, Withdrawal } from "@yumroad/contract";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { createDemoSale, type DemoSale } from "../../../test/demo-sale.ts";
import { makeOperator } from "../../../test/operators.ts";
import { createStripeShop } from "../../../test/stripe-shop.ts";
import { createTestApp } from "../../../test/test-app.ts";
import { demoLogin } from "../../demo/demo-stores.ts";

describe("withdrawing from a contract", () => {
  let shop: DemoSale;
  beforeEach(async () => {
    shop = await createDemoSale();
    onTestFinished(shop.app.close);
  });

  /** States a withdrawal as a stranger, and lets the server answer it. */
  async function withdraw(contact: string, more: object = {}) {
    const json = { name: "Grace Hopper", contact, ...more };
    const answer = await shop.app.visitor().post<{ ref: string; receivedAt: string }>("/api/withdrawals", { json });
    await shop.app.dependencies.workers.withdrawals.run();
    return answer;
  }

  const statementsOf = async (ref: string) =>
    (await shop.seller.get<{ items: Withdrawal[] }>(`/api/sales/${ref}/withdrawals`)).json.items;

  const countMails = async (to: string, subject: string) => {
    const sql = "select id from mails where to_address = ? and subject like ?";
    return (await shop.app.dependencies.database.read(sql, [to, `${subject}%`])).length;
  };
  const countConfirmations = (to: string) => countMails(to, "We received your withdrawal");
  const countNotices = () => countMails(demoLogin.email, "A buyer withdraws");

  /** A paid order of which its buyer has seen nothing: the shop found the payment by asking. */
  async function buyUnseen() {
    const begun = await shop.begin();
    await begun.buyer.post(`/api/demo-payments/${begun.session}`, { json: { outcome: "pay", isUntold: true } });
    shop.app.clock.advance("3m");
    await shop.app.dependencies.workers.orderCheck.run();
    return begun;
  }

  it("R140: a statement is confirmed by email with its content, date and time; the seller is told and sees it", async () => {
    const { ref, email } = await buyUnseen();
    const { status, json } = await withdraw(email, { order: `# ${ref.toLowerCase()}`, statement: "It was not for me" });
    expect([status, json.receivedAt]).toEqual([202, new Date(shop.app.clock.now()).toISOString()]);
    const mail = await shop.mailTo(email);
    expect(mail?.subject).toBe("We received your withdrawal");
    const day = new Date(json.receivedAt).toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" });
    for (const content of ["Grace Hopper", ref, email, "It was not for me", json.ref, day, "UTC"])
      expect(mail?.text).toContain(content);
    expect((await shop.mailTo(demoLogin.email))?.subject).toBe(`A buyer withdraws from order ${ref}`);
    expect(await statementsOf(ref)).toEqual([
      {
        ...{ ref: json.ref, name: "Grace Hopper", contact: email, statement: "It was not for me" },
        ...{ receivedAt: json.receivedAt, acknowledgedAt: json.receivedAt, right: "not_opened" },
        ...{ rightEndedAt: null, outcome: null },
      },
    ]);
  });

  it("R140: the right ends once the receipt was sent and the buyer has seen what they bought; what follows changes nothing", async () => {
    const { ref, email, order } = await buyUnseen();
    await withdraw(email, { order: ref });
    shop.app.clock.advance("1h");
    const openedAt = new Date(shop.app.clock.now()).toISOString();
    await order();
    shop.app.clock.advance("1h");
    await order();
    await withdraw(email, { order: ref });
    const rights = (await statementsOf(ref)).map(({ right, rightEndedAt }) => [right, rightEndedAt]);
    expect(rights).toEqual([
      ["access_begun", openedAt],
      ["not_opened", null],
    ]);
  });

  it("R140: a receipt that was given up ends no right; one that is sent again does", async () => {
    const { ref, email, buyer } = await shop.buy();
    const em = shop.app.dependencies.database.fork();
    await em.execute("update mails set given_up_at = created_at where kind = 'receipt'");
    await withdraw(email, { order: ref });
    await buyer.post(`/api/orders/${ref}/receipt`);
    await withdraw(email, { order: ref });
    expect((await statementsOf(ref)).map(({ right }) => right)).toEqual(["access_begun", "receipt_not_sent"]);
  });

  it("R140: a statement belongs to an order only with its number and email, and nobody can tell from the answer", async () => {
    const { email: operator } = await makeOperator(shop.app, await shop.app.signUp());
    const { ref, email } = await shop.buy();
    const answers = [
      await withdraw(email, { order: ref }),
      await withdraw("stranger@example.com", { order: ref, statement: "Buy at evil.example" }),
      await withdraw(email, { order: "0123456789" }),
      await withdraw(email),
    ];
    expect(answers.map(({ status, json }) => [status, Object.keys(json)])).toEqual(
      answers.map(() => [202, ["ref", "receivedAt"]]),
    );
    expect(await statementsOf(ref)).toHaveLength(1);
    // The words of a statement reach nobody who can't be its sender; an operator reads what nobody else can match.
    const mail = await shop.mailTo("stranger@example.com");
    expect(mail?.text).toContain(ref);
    expect(mail?.text).not.toContain("evil.example");
    expect([await countMails(operator, "A withdrawal without an order"), await countNotices()]).toEqual([3, 1]);
  });

  it("R140: an operator lists the statements for which no order was found, page by page, and no others", async () => {
    const { client } = await makeOperator(shop.app, await shop.app.signUp());
    const { ref, email } = await shop.buy();
    await withdraw(email, { order: ref });
    const { json: first } = await withdraw("one@example.com", { order: "0123456789", statement: "Not for me" });
    const { json: second } = await withdraw("two@example.com");
    const list = async (query = "") =>
      (await client.get<{ items: StrayWithdrawal[]; nextCursor: string }>(`/api/operator/withdrawals${query}`)).json;
    const { receivedAt } = first;
    expect((await list()).items).toEqual([
      expect.objectContaining({ ref: second.ref, contact: "two@example.com", statedOrder: "", statement: "" }),
      {
        ...{ ref: first.ref, name: "Grace Hopper", contact: "one@example.com", statedOrder: "0123456789" },
        ...{ statement: "Not for me", receivedAt, acknowledgedAt: receivedAt },
      },
    ]);
    const { nextCursor } = await list("?limit=1");
    expect((await list(`?limit=1&cursor=${nextCursor}`)).items.map((item) => item.ref)).toEqual([first.ref]);
  });

  it("R140: an email is confirmed three statements a day; strangers use up none of those about an order", async () => {
    const { ref, email } = await shop.buy();
    for (let n = 0; n < 4; n += 1) expect((await withdraw(email)).status).toBe(202);
    expect(await countConfirmations(email)).toBe(3);
    for (let n = 0; n < 4; n += 1) expect((await withdraw(email, { order: ref })).status).toBe(202);
    expect([await countConfirmations(email), await countNotices()]).toEqual([6, 3]);
    expect((await statementsOf(ref)).map(({ acknowledgedAt }) => acknowledgedAt !== null)).toEqual([
      ...[false, true, true, true],
    ]);
  });

  it("R140: a seller notes what became of a statement about an order of theirs, and of no other", async () => {
    const { ref, email } = await shop.buy();
    const { json } = await withdraw(email, { order: ref });
    const settle = (sale: string, client = shop.seller) =>
      client.post<{ items: Withdrawal[] }>(`/api/sales/${sale}/withdrawals/${json.ref}`, {
        json: { outcome: "declined" },
      });
    const { client: other } = await shop.app.signUp();
    const another = await shop.buy();
    expect([(await settle(ref, other)).status, (await settle(another.ref)).status]).toEqual([404, 404]);
    expect((await settle(ref)).json.items.map(({ outcome }) => outcome)).toEqual(["declined"]);
  });

  it("R140: statements go with their orders; those without one are kept for three years", async () => {
    const { ref, email } = await shop.buy();
    await withdraw(email, { order: ref });
    await withdraw("nobody@example.com");
    const { database, workers } = shop.app.dependencies;
    const kept = async () => (await database.read<{ contact: string }>("select contact from withdrawals", [])).length;
    shop.app.clock.advance("1094d");
    await workers.sweep.run();
    expect(await kept()).toBe(2);
    shop.app.clock.advance("2d");
    await workers.sweep.run();
    expect(await kept()).toBe(1);
    const em = database.fork();
    await em.execute("delete from orders where ref = ?", [ref]);
    expect(await kept()).toBe(0);
  });

  it("R140: both sides of an order find its statements in their data", async () => {
    const person = await shop.app.signUp();
    const { ref, session } = await shop.begin({ email: person.email, attempt: randomUUID() }, person.client);
    await person.client.post(`/api/demo-payments/${session}`, { json: { outcome: "pay", isUntold: true } });
    await person.client.post(`/api/orders/${ref}/check`);
    await withdraw(person.email, { order: ref });
    const { database } = shop.app.dependencies;
    const { exportWithdrawals } = await import("./export-withdrawals.ts");
    const [seller] = await database.read<{ id: string }>("select id from users where email = ?", [demoLogin.email]);
    for (const whose of [{ buyerId: person.user.id }, { sellerId: seller?.id ?? "" }]) {
      const found: object[] = [];
      for await (const one of exportWithdrawals(database, whose)) found.push(one);
      expect(found).toMatchObject([{ order: ref, contact: person.email }]);
    }
  });
});

it("R140: under Managed Payments the site, the checkout, the order and the receipt name the merchant of record", async () => {
  const shop = await createStripeShop({ settings: { tax: "managed", taxCode: "txcd_10302000" } });
  onTestFinished(shop.close);
  expect((await shop.app.visitor().get("/api/site")).json).toMatchObject({ withdrawFrom: "stripe" });
  const path = `/api/products/${shop.product.slug}/checkout`;
  const merchantOfRecord = "Link by Stripe";
  expect((await shop.app.visitor().get<Checkout>(path)).json).toMatchObject({ merchantOfRecord });
  const { session, order, email } = await shop.begin();
  shop.stripe.act(session, "pay");
  await shop.stripe.webhooks.settled();
  expect(await order()).toMatchObject({ state: "paid", merchantOfRecord } satisfies Partial<Order>);
  const receipt = await shop.app.mailbox.last(email);
  expect(receipt.text).toContain("Sold through Link by Stripe, the merchant of record, which sends you the invoice.");
});

it("R140: outside of the EU’s law there is no way to withdraw, and the site says so", async () => {
  const app = await createTestApp({ consumerLaw: "none" });
  onTestFinished(app.close);
  const json = { name: "Grace", contact: "grace@example.com" };
  expect((await app.visitor().post("/api/withdrawals", { json })).status).toBe(404);
  expect((await app.visitor().get("/api/site")).json).toMatchObject({ withdrawFrom: null });
});
