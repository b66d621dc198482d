import type { LibraryItem, Order, Problem } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { createDemoSale, type DemoSale, tokenIn } from "../../../test/demo-sale.ts";
import { addProduct } from "../../../test/selling.ts";

describe("who can open an order", () => {
  let shop: DemoSale;
  beforeEach(async () => {
    shop = await createDemoSale();
    onTestFinished(shop.app.close);
  });

  const open = (client: Client, ref: string, token: string) =>
    client.post<Order & Problem>(`/api/orders/${ref}/open`, { json: { token } });

  it("R92: the browser that began it, and any other with the key of the receipt; nobody else", async () => {
    const { ref, email, buyer } = await shop.buy();
    const stranger = shop.app.visitor();
    expect((await stranger.get(`/api/orders/${ref}`)).status).toBe(404);
    expect((await stranger.post(`/api/orders/${ref}/check`)).status).toBe(404);
    const token = tokenIn(await shop.mailTo(email));
    expect((await open(stranger, ref, token)).json).toMatchObject({ ref, state: "paid", hasAccess: true });
    expect((await stranger.get(`/api/orders/${ref}`)).status).toBe(200);
    const other = await shop.buy();
    expect((await open(shop.app.visitor(), other.ref, token)).json.code).toBe("link_invalid");
    await buyer.post("/api/auth/logout");
    expect((await buyer.get(`/api/orders/${ref}`)).status).toBe(404);
  });

  it("R92: a cookie that this server has not signed opens nothing", async () => {
    const { ref, buyer } = await shop.buy();
    buyer.cookies.tamper("yumroad-orders");
    expect((await buyer.get(`/api/orders/${ref}`)).status).toBe(404);
  });

  it("R92: the database keeps no key", async () => {
    const { email } = await shop.buy();
    const token = tokenIn(await shop.mailTo(email));
    const rows = await shop.app.dependencies.database.fork().execute("select * from order_keys", []);
    expect(token).toHaveLength(43);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it("R92: the library of an account shows the orders of its confirmed email, and not those of a claimed one", async () => {
    const { ref, email } = await shop.buy({ email: "grace@example.com" });
    const claimed = await shop.app.signUp({ email });
    const library = async () =>
      (await claimed.client.get<{ items: LibraryItem[] }>("/api/library")).json.items.map((item) => item.ref);
    expect(await library()).toEqual([]);
    expect((await claimed.client.get(`/api/orders/${ref}`)).status).toBe(404);
    const em = shop.app.dependencies.database.fork();
    await em.execute("update users set email_verified_at = created_at where email = ?", [email]);
    expect(await library()).toEqual([ref]);
    expect((await claimed.client.get(`/api/orders/${ref}`)).status).toBe(200);
  });

  it("R92: who was logged in at the checkout finds the order in their library, whatever email it has", async () => {
    const person = await shop.app.signUp();
    const { ref, session } = await shop.begin({ email: "another@example.com" }, person.client);
    await person.client.post(`/api/demo-payments/${session}`, { json: { outcome: "pay", isUntold: true } });
    await person.client.post(`/api/orders/${ref}/check`);
    const { json } = await (await shop.app.logIn(person)).client.get<{ items: LibraryItem[] }>("/api/library");
    expect(json.items.map((item) => item.ref)).toEqual([ref]);
  });

  it("R96: a mailed link opens all purchases of an email, once, within an hour; an email without any gets no mail", async () => {
    const first = await shop.buy({ email: "grace@example.com" });
    const second = await shop.buy({ email: "Grace@example.com" });
    const visitor = shop.app.visitor();
    const find = (email: string) => visitor.post("/api/purchases/find", { json: { email } });
    expect((await find("grace@example.com")).status).toBe(202);
    expect((await find("nobody@example.com")).status).toBe(202);
    await shop.app.dependencies.workers.purchaseLinks.run();
    expect(await shop.mailTo("nobody@example.com")).toBeNull();
    const json = { token: tokenIn(await shop.mailTo("grace@example.com")) };
    const opened = await visitor.post<{ refs: string[] }>("/api/purchases/open", { json });
    expect(opened.json.refs).toEqual([second.ref, first.ref]);
    for (const { ref } of [first, second]) expect((await visitor.get(`/api/orders/${ref}`)).status).toBe(200);
    expect((await shop.app.visitor().post("/api/purchases/open", { json })).status).toBe(410);
  });

  it("R96: of more than 20 purchases, a mailed link opens the paid ones first, and says how many it opens", async () => {
    const paid = await shop.buy({ email: "grace@example.com" });
    await crowd({ total: 0 });
    const { refs, text } = await openedByLink();
    expect(text).toContain("opens 20 of your 26 orders");
    expect([refs.length, refs[0], refs[1]]).toEqual([20, paid.ref, "CROWDING34"]);
  });

  it("R96: of more than 20 purchases, a mailed link opens those of each store in turn", async () => {
    const first = await shop.buy({ email: "grace@example.com" });
    const second = await shop.buy({ email: "grace@example.com" });
    const other = await shop.app.signUp();
    await addProduct(other);
    const [store] = await shop.app.dependencies.database.read<{ id: string }>(
      `select id from stores where owner_id = ?`,
      [other.user.id],
    );
    await crowd({ total: 1, store_id: store?.id });
    const { refs } = await openedByLink();
    expect(refs.slice(0, 5)).toEqual(["CROWDING34", second.ref, "CROWDING33", first.ref, "CROWDING32"]);
    expect(refs).toHaveLength(20);
  });

  /** Adds 25 purchases of Grace, newer than all others, that differ from one that is there. */
  async function crowd(difference: object): Promise<void> {
    const em = shop.app.dependencies.database.fork();
    const [order] = await em.execute<object[]>("select * from orders limit 1", []);
    for (let n = 10; n < 35; n += 1) {
      const names = { id: `ffffffff-0000-7000-8000-0000000000${n}`, ref: `CROWDING${n}`, attempt_key: String(n) };
      const row = { ...order, ...names, number: n, ...difference };
      const places = Object.keys(row).map(() => "?");
      const sql = `insert into orders (${Object.keys(row).join(", ")}) values (${places.join(", ")})`;
      await em.execute(sql, Object.values(row));
    }
  }

  async function openedByLink(): Promise<{ refs: string[]; text: string | undefined }> {
    const visitor = shop.app.visitor();
    await visitor.post("/api/purchases/find", { json: { email: "grace@example.com" } });
    await shop.app.dependencies.workers.purchaseLinks.run();
    const mail = await shop.mailTo("grace@example.com");
    const json = { token: tokenIn(mail) };
    const { refs } = (await visitor.post<{ refs: string[] }>("/api/purchases/open", { json })).json;
    return { refs, text: mail?.text };
  }

  it("R96: of several requests for one email, one is mailed in a while, and all are answered alike", async () => {
    await shop.buy({ email: "grace@example.com" });
    const visitor = shop.app.visitor();
    for (let count = 0; count < 3; count += 1) {
      const answer = await visitor.post("/api/purchases/find", { json: { email: "grace@example.com" } });
      expect([answer.status, answer.text]).toEqual([202, ""]);
    }
    await shop.app.dependencies.workers.purchaseLinks.run();
    const em = shop.app.dependencies.database.fork();
    expect(await em.execute("select id from mails where kind = 'find_purchases'")).toHaveLength(1);
  });
});

describe("correcting an order's email", () => {
  let shop: DemoSale;
  beforeEach(async () => {
    shop = await createDemoSale();
    onTestFinished(shop.app.close);
  });

  const change = (client: Client, ref: string, email: string) =>
    client.post<Order & Problem>(`/api/orders/${ref}/email`, { json: { email } });

  it("R97: the receipt goes to the new one, the mailed key ends, and a stranger's mailbox is told nothing", async () => {
    const { ref, email, buyer } = await shop.buy();
    const former = tokenIn(await shop.mailTo(email));
    const answer = await change(buyer, ref, "right@example.com");
    expect(answer.json).toMatchObject({ email: "right@example.com", hasAccess: true });
    expect((await shop.mailTo("right@example.com"))?.subject).toMatch(/receipt/);
    expect((await shop.mailTo(email))?.subject).toMatch(/receipt/);
    const json = { token: former };
    expect((await shop.app.visitor().post(`/api/orders/${ref}/open`, { json })).status).toBe(410);
    expect((await buyer.get(`/api/orders/${ref}`)).status).toBe(200);
  });

  it("R97: whoever has read mail at the former one can undo it for seven days, once, and ends every other key", async () => {
    const { ref, email } = await shop.buy();
    const key = { token: tokenIn(await shop.mailTo(email)) };
    const thief = shop.app.visitor();
    await thief.post(`/api/orders/${ref}/open`, { json: key });
    await change(thief, ref, "thief@example.com");
    const json = { token: tokenIn(await shop.mailTo(email), "undo") };
    const owner = shop.app.visitor();
    expect((await owner.post<Order>(`/api/orders/${ref}/email/undo`, { json })).json.email).toBe(email);
    expect((await thief.get(`/api/orders/${ref}`)).status).toBe(404);
    expect((await owner.get(`/api/orders/${ref}`)).status).toBe(200);
    expect((await owner.post(`/api/orders/${ref}/email/undo`, { json })).status).toBe(410);
  });

  it("R97: is possible three times a day", async () => {
    const { ref, buyer } = await shop.buy();
    for (const name of ["a", "b", "c"]) expect((await change(buyer, ref, `${name}@example.com`)).status).toBe(200);
    expect((await change(buyer, ref, "d@example.com")).json.code).toBe("rate_limited");
  });
});
