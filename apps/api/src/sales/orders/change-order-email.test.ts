import type { Order, Problem, Sale } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { createDemoSale, type DemoSale, tokenIn } from "../../../test/demo-sale.ts";

let shop: DemoSale;
beforeEach(async () => {
  shop = await createDemoSale();
  onTestFinished(shop.app.close);
});

const open = async (client: Client, ref: string, token: string) =>
  (await client.post<Order & Problem>(`/api/orders/${ref}/open`, { json: { token } })).status;

const change = (client: Client, ref: string, email: string) =>
  client.post<Order & Problem>(`/api/orders/${ref}/email`, { json: { email } });

const undo = (client: Client, ref: string, token: string) =>
  client.post<Order & Problem>(`/api/orders/${ref}/email/undo`, { json: { token } });

const statusFor = async (client: Client, ref: string) => (await client.get(`/api/orders/${ref}`)).status;
const rowsOf = (sql: string) => shop.app.dependencies.database.read<{ id: string }>(sql, []);

async function keyMailedTo(email: string): Promise<string> {
  return tokenIn(await shop.mailTo(email));
}

async function undoMailedTo(email: string): Promise<string> {
  return tokenIn(await shop.mailTo(email), "undo");
}

/** An order whose mailed key was opened in a new browser. */
async function openedByMail() {
  const { ref, email } = await shop.buy();
  const [reader, key] = [shop.app.visitor(), await keyMailedTo(email)];
  expect(await open(reader, ref, key)).toBe(200);
  return { ref, email, reader, key };
}

async function verify(email: string): Promise<void> {
  const em = shop.app.dependencies.database.fork();
  await em.execute("update users set email_verified_at = created_at where email = ?", [email]);
}

describe("R97: undoing a change of an order's email", () => {
  it("R97: ends the links that undo later changes, and leaves those of earlier ones", async () => {
    const { ref, email, reader: thief } = await openedByMail();
    await change(thief, ref, "second@example.com");
    const first = await undoMailedTo(email);
    await open(shop.app.visitor(), ref, await keyMailedTo("second@example.com"));
    await change(thief, ref, "third@example.com");
    const second = await undoMailedTo("second@example.com");
    await open(shop.app.visitor(), ref, await keyMailedTo("third@example.com"));
    await change(thief, ref, "fourth@example.com");
    const third = await undoMailedTo("third@example.com");
    const owner = shop.app.visitor();
    expect((await undo(owner, ref, second)).json.email).toBe("second@example.com");
    expect((await undo(thief, ref, third)).status).toBe(410);
    expect((await undo(owner, ref, first)).json.email).toBe(email);
    expect((await undo(thief, ref, second)).status).toBe(410);
    expect((await owner.get<Order>(`/api/orders/${ref}`)).json.email).toBe(email);
    expect(await statusFor(thief, ref)).toBe(404);
  });

  it("R97: mails a receipt with a new key to the email that is back, since the old keys have ended", async () => {
    const { ref, email, key, reader: thief } = await openedByMail();
    await change(thief, ref, "thief@example.com");
    await undo(shop.app.visitor(), ref, await undoMailedTo(email));
    expect(await open(shop.app.visitor(), ref, key)).toBe(410);
    expect(await open(shop.app.visitor(), ref, await keyMailedTo(email))).toBe(200);
  });
});

describe("R97: changing an order's email", () => {
  it("R97: ends the mailed key with which the browser that asks has opened the order, but not that browser", async () => {
    const { ref, key, reader } = await openedByMail();
    expect((await change(reader, ref, "right@example.com")).status).toBe(200);
    expect(await open(shop.app.visitor(), ref, key)).toBe(410);
    expect(await statusFor(reader, ref)).toBe(200);
  });

  it("R97: by an account with the verified email answers with the order, opens it there, and can be undone", async () => {
    const { ref, email } = await shop.buy();
    const owner = await shop.app.signUp({ email });
    await verify(email);
    const { status, json } = await change(owner.client, ref, "other@example.com");
    expect([status, json.email]).toEqual([200, "other@example.com"]);
    expect(await statusFor(owner.client, ref)).toBe(200);
    expect((await undo(shop.app.visitor(), ref, await undoMailedTo(email))).json.email).toBe(email);
  });

  it("R97: can be undone by whoever has opened their purchases by a mailed link", async () => {
    const { ref, email } = await shop.buy();
    const reader = shop.app.visitor();
    await reader.post("/api/purchases/find", { json: { email } });
    await shop.app.dependencies.workers.purchaseLinks.run();
    await reader.post("/api/purchases/open", { json: { token: await keyMailedTo(email) } });
    await change(reader, ref, "thief@example.com");
    expect((await undo(shop.app.visitor(), ref, await undoMailedTo(email))).json.email).toBe(email);
  });

  it("R97: of an order that was not paid mails nothing to a verified email, for which a stranger may have ordered", async () => {
    const { user } = await shop.app.signUp();
    await verify(user.email);
    const { ref, buyer: stranger } = await shop.begin({ email: user.email });
    const before = await shop.mailTo(user.email);
    expect((await change(stranger, ref, "stranger@example.com")).status).toBe(200);
    expect(await shop.mailTo(user.email)).toEqual(before);
  });

  it("R97: of capitals alone only rewrites it: no key ends, and who has read mail there can still undo a change", async () => {
    const { ref, email, key, reader } = await openedByMail();
    const capitals = email.toUpperCase();
    expect((await change(reader, ref, capitals)).json.email).toBe(capitals);
    expect(await rowsOf("select id from order_email_changes")).toEqual([]);
    expect(await open(shop.app.visitor(), ref, key)).toBe(200);
    await change(reader, ref, "thief@example.com");
    expect((await undo(shop.app.visitor(), ref, await undoMailedTo(capitals))).json.email).toBe(capitals);
  });
});

describe("opening an order by its mailed link", () => {
  it("again and again leaves one event, and one key of each browser", async () => {
    const { ref, key, reader } = await openedByMail();
    const keys = await rowsOf("select id from order_keys");
    for (let count = 0; count < 3; count += 1) await open(reader, ref, key);
    expect(await rowsOf("select id from order_events where kind = 'opened'")).toHaveLength(1);
    expect(await rowsOf("select id from order_keys")).toEqual(keys);
  });

  it("in ever new browsers keeps the keys of the last 50", async () => {
    const { ref, key, reader } = await openedByMail();
    for (let count = 0; count < 50; count += 1) await open(shop.app.visitor(), ref, key);
    expect(await rowsOf("select id from order_keys where mailed_to is null")).toHaveLength(50);
    expect(await statusFor(reader, ref)).toBe(404);
    expect(await open(reader, ref, key)).toBe(200);
  });

  it("R94: of a long history, the seller sees the newest events", async () => {
    const { ref } = await shop.buy();
    const em = shop.app.dependencies.database.fork();
    const [order] = await rowsOf("select id from orders");
    for (let n = 0; n < 500; n += 1) {
      const id = `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;
      const sql = "insert into order_events (id, order_id, kind, at) values (?, ?, 'opened', ?)";
      await em.execute(sql, [id, order?.id, new Date(n)]);
    }
    const { history } = (await shop.seller.get<Sale>(`/api/sales/${ref}`)).json;
    expect(history).toHaveLength(500);
    expect(history.at(-1)?.kind).toBe("paid");
  });
});
