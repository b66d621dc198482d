import { randomUUID } from "node:crypto";
import type { Order, Person, Product } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { createDemoSale, type DemoSale } from "../../test/demo-sale.ts";
import { makeOperator } from "../../test/operators.ts";
import { whoIs } from "../../test/test-app.ts";
import { movedStorePath } from "../catalog/stores/moved-store-path.ts";
import { demoLogin } from "../demo/demo-stores.ts";
import { deleteDueAccounts } from "../identity/privacy/delete-due-accounts.ts";
import { deleteUser } from "../identity/users/delete-user.ts";
import { backgroundContext } from "../platform/http/background-context.ts";
import { isUndeliverableEmail } from "../platform/mail/undeliverable-email.ts";
import { createSalesExtension } from "./account-extension.ts";

async function listOf(file: unknown): Promise<object[]> {
  const items: object[] = [];
  for await (const item of file as AsyncIterable<object>) items.push(item);
  return items;
}

describe("R98: what is left of a deleted account", () => {
  let shop: DemoSale;
  beforeEach(async () => {
    shop = await createDemoSale();
    onTestFinished(shop.app.close);
  });

  const remove = (userId: string) => deleteUser(backgroundContext(shop.app.dependencies), { userId });

  it("R98: the orders of a seller stay for their buyers, under a closed store that is nobody's", async () => {
    const { order, ref } = await shop.buy();
    const seller = await whoIs(shop.seller);
    expect(await remove(seller?.id ?? "")).toBe(true);
    expect(await whoIs(shop.seller)).toBeNull();
    expect(await order()).toMatchObject({ ref, state: "paid", hasAccess: true });
    expect((await shop.app.visitor().get(`/api/products/${shop.product.slug}/checkout`)).status).toBe(404);
    const rows = await shop.app.dependencies.database.read<{ email: string }>("select email, name from users", []);
    expect(JSON.stringify(rows)).not.toContain("mira@demo.example");
    expect(rows.filter(({ email }) => isUndeliverableEmail(email))).toHaveLength(1);
  });

  it("R98: the store that stays has lost its names, address and handles, and is not public; an order keeps its copies", async () => {
    const named = {
      legalName: "Mira Novak",
      legalAddress: "Main Street 1",
      name: "Mira’s notes",
      handle: "mira-novak",
    };
    expect((await shop.seller.patch("/api/me/store", { json: named })).status).toBe(200);
    const { order } = await shop.buy();
    const seller = await whoIs(shop.seller);
    await shop.seller.patch("/api/me/store", { json: { handle: "mira-again" } });
    await remove(seller?.id ?? "");
    const { read } = shop.app.dependencies.database;
    const rows = await Promise.all(["stores", "store_handles"].map((table) => read(`select * from ${table}`, [])));
    expect(JSON.stringify(rows)).not.toMatch(/mira|novak|main street/i);
    expect(await order()).toMatchObject({ seller: { name: "Mira Novak" }, store: { name: "Closed store" } });
    const { handle } = (await order()).store;
    for (const former of [handle, "mira-novak", "mira-again"]) {
      expect((await shop.app.visitor().get(`/api/stores/${former}`)).status).toBe(404);
      expect(await movedStorePath(shop.app.dependencies.database, `/@${former}`)).toBeNull();
    }
  });

  it("R98: an operator neither finds who keeps the store among the people, nor opens it again", async () => {
    const { client: operator } = await makeOperator(shop.app, await shop.app.signUp());
    await shop.buy();
    await remove((await whoIs(shop.seller))?.id ?? "");
    const { json } = await operator.get<{ items: Person[] }>("/api/operator/people");
    expect(json.items.map(({ name }) => name)).not.toContain("Closed store");
    const { database } = shop.app.dependencies;
    const sql = "select id from users where name = 'Closed store'";
    const [keeper] = await database.read<{ id: string }>(sql, []);
    expect((await operator.post(`/api/operator/people/${keeper?.id}/enable`)).status).toBe(404);
    await database.fork().execute("update users set disabled_at = null where name = 'Closed store'");
    await database.fork().execute("update settings set value = 'my_store' where key = 'shop_kind'");
    expect((await operator.post("/api/operator/shop/kind", { json: { kind: "marketplace" } })).status).toBe(200);
    expect((await shop.app.visitor().get(`/api/products/${shop.product.slug}`)).status).toBe(404);
  });

  it("R98: the last mail says what stays of a store with orders", async () => {
    await shop.buy();
    const seller = await whoIs(shop.seller);
    shop.app.clock.advance("15d");
    const { database, clock } = shop.app.dependencies;
    await database.fork().execute("update users set deletion_at = ? where id = ?", [new Date(clock.now()), seller?.id]);
    await deleteDueAccounts(shop.app.dependencies);
    const text = (await shop.mailTo(seller?.email ?? ""))?.text;
    expect(text).toContain("orders stay");
    expect(text).not.toContain("with your store and all that was in it");
  });

  it("R98: a store without orders goes with its owner", async () => {
    const seller = await whoIs(shop.seller);
    await remove(seller?.id ?? "");
    expect((await shop.app.visitor().get(`/api/stores/${seller?.store?.handle}`)).status).toBe(404);
  });

  it("R98: the orders of a buyer stay open to their key, and name the account no more", async () => {
    const person = await shop.app.signUp();
    const { ref, session } = await shop.begin({}, person.client);
    await person.client.post(`/api/demo-payments/${session}`, { json: { outcome: "pay", isUntold: true } });
    await person.client.post(`/api/orders/${ref}/check`);
    await remove(person.user.id);
    expect((await person.client.get<Order>(`/api/orders/${ref}`)).json).toMatchObject({ ref, hasAccess: true });
    expect((await shop.seller.get(`/api/sales/${ref}`)).status).toBe(200);
  });

  it("R98: a product that was ordered is archived when its seller deletes it, and delivered to who pays later", async () => {
    const { ref, buyer, session, order } = await shop.begin();
    expect((await shop.seller.delete(`/api/products/${shop.product.slug}`)).status).toBe(204);
    const own = await shop.seller.get<Product>(`/api/me/products/${shop.product.slug}`);
    expect(own.json.status).toBe("archived");
    await buyer.post(`/api/demo-payments/${session}`, { json: { outcome: "pay", isUntold: true } });
    await buyer.post(`/api/orders/${ref}/check`);
    expect((await order()).contents).toHaveLength(1);
  });

  it("R98: a product that somebody ordered and never paid is deleted once it can't be paid any more", async () => {
    const { order } = await shop.begin();
    const path = `/api/products/${shop.product.slug}`;
    expect((await shop.seller.delete(path)).status).toBe(204);
    expect((await shop.seller.get(`/api/me/products/${shop.product.slug}`)).status).toBe(200);
    const em = shop.app.dependencies.database.fork();
    await em.execute("update orders set pay_until = ?", [new Date(shop.app.clock.now() - 4 * 24 * 3600_000)]);
    expect((await shop.seller.delete(path)).status).toBe(204);
    expect((await shop.seller.get(`/api/me/products/${shop.product.slug}`)).status).toBe(404);
    expect((await order()).items).toMatchObject([{ name: "Field notes" }]);
  });

  it("R98: a product that was sold is archived whenever its seller deletes it", async () => {
    const { order } = await shop.buy();
    const em = shop.app.dependencies.database.fork();
    await em.execute("update orders set pay_until = ?", [new Date(0)]);
    expect((await shop.seller.delete(`/api/products/${shop.product.slug}`)).status).toBe(204);
    expect((await order()).contents).toHaveLength(1);
  });

  it("R65: an export has the orders that a guest has placed with the verified email, as the library has", async () => {
    const { ref, email } = await shop.buy();
    const { user } = await shop.app.signUp({ email });
    const { database } = shop.app.dependencies;
    const exported = async () => {
      const files = await createSalesExtension(database).exported(database.fork(), user.id);
      return listOf(files["orders.json"]);
    };
    expect(await exported()).toEqual([]);
    await database.fork().execute("update users set email_verified_at = created_at where id = ?", [user.id]);
    expect(await exported()).toMatchObject([{ ref }]);
  });

  it("R98: an export has the orders of a buyer, and the sales of a seller", async () => {
    const { ref } = await shop.buy();
    const seller = await whoIs(shop.seller);
    const { database } = shop.app.dependencies;
    const files = await createSalesExtension(database).exported(database.fork(), seller?.id ?? "");
    expect(await listOf(files["sales.json"])).toMatchObject([{ ref, product: "Field notes", total: { amount: 1900 } }]);
    expect(await listOf(files["orders.json"])).toEqual([]);
  });
});

describe("R103: the deletion of a seller's account", () => {
  const DAY_MS = 24 * 60 * 60_000;
  let shop: DemoSale;
  beforeEach(async () => {
    shop = await createDemoSale();
    onTestFinished(shop.app.close);
    // The demo's seller is its only operator, who can't be deleted.
    await makeOperator(shop.app, await shop.app.signUp());
  });

  async function askFor(client: Client): Promise<number> {
    const { json } = await client.post<{ deletionAt: string }>("/api/account/deletion");
    return (Date.parse(json.deletionAt) - shop.app.clock.now()) / DAY_MS;
  }

  async function isThereAfter(days: `${number}d`): Promise<boolean> {
    shop.app.clock.advance(days);
    await shop.app.dependencies.workers.sweep.run();
    const { database } = shop.app.dependencies;
    return (await database.read("select id from users where email_key = 'mira@demo.example'", [])).length > 0;
  }

  it("R103: waits until 14 days after the last sale, and says why", async () => {
    await shop.buy();
    shop.app.clock.advance("1d");
    const { client } = await shop.app.logIn(demoLogin);
    expect(Math.round(await askFor(client))).toBe(13);
    expect((await shop.mailTo("mira@demo.example"))?.text).toContain("14 days after your last sale");
    expect(await isThereAfter("12d")).toBe(true);
    expect(await isThereAfter("2d")).toBe(false);
  });

  it("R103: a seller who logs in again while it waits goes on in their store", async () => {
    await shop.buy();
    await askFor(shop.seller);
    const { client } = await shop.app.logIn(demoLogin);
    const leaflet = { name: "Leaflet", price: { amount: 500, currency: "EUR" }, status: "draft" };
    expect((await client.post("/api/products", { json: leaflet })).status).toBe(201);
    expect((await client.patch("/api/me/store", { json: { name: "Mira’s notes" } })).status).toBe(200);
  });

  it("R103: waits longer if money arrives meanwhile", async () => {
    const { buyer, session, ref } = await shop.begin();
    await askFor(shop.seller);
    await buyer.post(`/api/demo-payments/${session}`, { json: { outcome: "pay", isUntold: true } });
    shop.app.clock.advance("6d");
    await buyer.post(`/api/orders/${ref}/check`);
    expect(await isThereAfter("2d")).toBe(true);
    expect(await isThereAfter("11d")).toBe(true);
    expect(await isThereAfter("2d")).toBe(false);
  });

  it("R65: takes seven days without sales, with older ones, and with those of free products", async () => {
    const { json: free } = await shop.seller.post<Product>("/api/products", {
      json: { name: "Leaflet", price: { amount: 0, currency: "EUR" } },
    });
    await shop.buy();
    shop.app.clock.advance("15d");
    const order = { email: "ada@example.com", seenPrice: free.price, attempt: randomUUID() };
    expect((await shop.app.visitor().post(`/api/products/${free.slug}/checkout`, { json: order })).status).toBe(201);
    const { client } = await shop.app.logIn(demoLogin);
    expect(Math.round(await askFor(client))).toBe(7);
    expect((await shop.mailTo("mira@demo.example"))?.text).not.toContain("14 days");
  });
});
