import { randomUUID } from "node:crypto";
import type { Order, Problem, Sale, SaleCard } from "@yumroad/contract";
import { describe, expect, it, onTestFinished } from "vitest";
import { NO_MAIL_LIMITS } from "../../../test/mailed-links.ts";
import { makeOperator } from "../../../test/operators.ts";
import { addProduct, confirmMail, orderInNewBrowser, PAY_INSTRUCTIONS, setUpSelling } from "../../../test/selling.ts";
import { createTestApp } from "../../../test/test-app.ts";
import { removeOperator } from "../../operator/operators/remove-operator.ts";
import { backgroundContext } from "../../platform/http/background-context.ts";

/** A shop in which only operators sell, and a seller with an unpaid order and a paid one who has just lost the role. */
async function loseTheRole() {
  const app = await createTestApp({ mail: true, limits: NO_MAIL_LIMITS, shopKind: "my_store" });
  onTestFinished(app.close);
  const keeper = await makeOperator(app, await app.signUp());
  const seller = await makeOperator(app, await app.signUp());
  await confirmMail(app, keeper);
  const product = await addProduct(seller);
  await setUpSelling(seller);
  const paid = await orderInNewBrowser(app, product, { email: "paid@example.com" });
  const unpaid = await orderInNewBrowser(app, product, { email: "unpaid@example.com" });
  await seller.client.post(`/api/sales/${paid.ref}/paid`);
  expect((await unpaid.look()).payInstructions).toBe(PAY_INSTRUCTIONS);
  await removeOperator(backgroundContext(app.dependencies), seller.user.id);
  return { app, keeper, product, paid, unpaid, ...(await app.logIn(seller)) };
}

describe("R86: the orders of an operator who loses the role, where only operators sell", () => {
  it("R86: can still be marked as paid, refunded, sent again and closed by who sold them", async () => {
    const { app, client, paid, unpaid } = await loseTheRole();
    const { items } = (await client.get<{ items: SaleCard[] }>("/api/sales")).json;
    expect(items.map(({ ref, state }) => [ref, state])).toEqual([
      [unpaid.ref, "open"],
      [paid.ref, "paid"],
    ]);
    expect(await unpaid.look()).toMatchObject({ state: "open", payInstructions: "" });
    expect((await client.post<Sale>(`/api/sales/${unpaid.ref}/paid`)).json.state).toBe("paid");
    expect(await unpaid.look()).toMatchObject<Partial<Order>>({ state: "paid", hasAccess: true });
    expect((await app.mailbox.last("unpaid@example.com")).subject).toBe("Your receipt for “Field notes”");

    const json = { amount: 900, endsAccess: false, reason: "", attempt: randomUUID() };
    expect((await client.post<Sale>(`/api/sales/${paid.ref}/refunds`, { json })).json.refunded.amount).toBe(900);
    expect((await client.post(`/api/sales/${paid.ref}/receipt`)).status).toBe(202);
    expect((await client.post(`/api/sales/${paid.ref}/check`)).status).toBe(200);
    const access = await client.post<Sale>(`/api/sales/${paid.ref}/access`, { json: { hasAccess: false } });
    expect(access.json.hasAccess).toBe(false);
    expect((await client.get<Sale>(`/api/sales/${paid.ref}`)).json.refunds).toHaveLength(1);
  });

  it("R86: are all that is left to them: they sell nothing more, and nobody else sees the orders", async () => {
    const { app, keeper, client, product, paid } = await loseTheRole();
    const refused = [
      await client.get<Problem>("/api/me/products"),
      await client.get<Problem>("/api/me/store"),
      await client.post<Problem>("/api/products", { json: { name: "More", price: { amount: 0, currency: "EUR" } } }),
      await client.post<Problem>(`/api/products/${product.slug}/contents`, {
        json: { kind: "note", title: "More", body: "Of it" },
      }),
    ];
    expect(refused.map(({ json }) => json.code)).toEqual(refused.map(() => "not_a_seller"));
    for (const other of [keeper.client, (await app.signUp()).client]) {
      expect((await other.get<{ items: SaleCard[] }>("/api/sales")).json.items).toEqual([]);
      expect((await other.get(`/api/sales/${paid.ref}`)).status).toBe(404);
      expect((await other.post(`/api/sales/${paid.ref}/receipt`)).status).toBe(404);
    }
  });
});
