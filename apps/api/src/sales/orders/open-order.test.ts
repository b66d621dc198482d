import { randomUUID } from "node:crypto";
import type { Order, OutboxMail, Product } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dumpStoredData } from "../../../test/stored-data.ts";
import { createTestApp, type Person, type TestApp } from "../../../test/test-app.ts";
import { trayKeyOf } from "../../../test/tray-key.ts";

const price = { amount: 0, currency: "EUR" };

describe("who may open an order", () => {
  let app: TestApp;
  let product: Product;
  beforeAll(async () => {
    app = await createTestApp({ isLocalDemo: true });
    const { client } = await app.signUp();
    product = (await client.post<Product>("/api/products", { json: { name: "Field notes", price } })).json;
  });
  afterAll(() => app.close());

  async function orderAs(buyer: Client, email: string): Promise<string> {
    const json = { email, seenPrice: price, attempt: randomUUID() };
    const answer = await buyer.post<{ ref: string }>(`/api/products/${product.slug}/checkout`, { json });
    expect(answer.status).toBe(201);
    return answer.json.ref;
  }

  const statusFor = async (client: Client, ref: string) => (await client.get<Order>(`/api/orders/${ref}`)).status;
  const open = (client: Client, ref: string, token: string) =>
    client.post<Order>(`/api/orders/${ref}/open`, { json: { token } });

  async function keyMailedTo(email: string): Promise<string> {
    const tray = app.visitor({ headers: trayKeyOf(app) });
    const { items } = (await tray.get<{ items: OutboxMail[] }>("/api/outbox")).json;
    const id = items.find(({ to, subject }) => to === email && subject.startsWith("Your receipt"))?.id;
    const { json } = await tray.get<{ text: string }>(`/api/outbox/${id}`);
    return /\/orders\/\w+#key=([\w-]{43})\b/.exec(json.text)?.[1] ?? "";
  }

  it("R92: the key of a receipt opens its order in any browser, and no other order", async () => {
    const [buyer, reader] = [app.visitor(), app.visitor()];
    const ref = await orderAs(buyer, "ada@example.com");
    const other = await orderAs(app.visitor(), "grace@example.com");
    const key = await keyMailedTo("ada@example.com");
    expect(await dumpStoredData(app)).not.toContain(key);
    expect([await statusFor(buyer, ref), await statusFor(reader, ref)]).toEqual([200, 404]);
    expect((await open(reader, other, key)).status).toBe(410);
    expect((await open(reader, ref, key)).json).toMatchObject({ ref, hasAccess: true });
    expect([await statusFor(reader, ref), await statusFor(reader, other)]).toEqual([200, 404]);
    expect(app.logs.text).not.toContain(key);
  });

  it("R92: the cookie of another browser, a forged one, and one of another kind open nothing", async () => {
    const buyer = app.visitor();
    const ref = await orderAs(buyer, "mary@example.com");
    const cookie = String(buyer.cookies.get("yumroad-orders")?.value);
    expect(cookie).toContain("orders~");
    const withCookie = (value: string) =>
      app.visitor().get(`/api/orders/${ref}`, { headers: { Cookie: `yumroad-orders=${value}` } });
    expect((await withCookie(cookie)).status).toBe(200);
    for (const forged of [
      cookie.slice(0, -1),
      `${cookie}A`,
      cookie.replace("orders~", "device~"),
      `${cookie}; yumroad-orders=${cookie}`,
    ])
      expect((await withCookie(forged)).status).toBe(404);
  });

  it("R92: an account opens what it has ordered, and what its verified email has; an unverified one does not", async () => {
    const ref = await orderAs(app.visitor(), "joan@example.com");
    const joan: Person = await app.signUp({ email: "joan@example.com" });
    expect(await statusFor(joan.client, ref)).toBe(404);
    const own = await orderAs(joan.client, "somebody@example.com");
    expect(await statusFor((await app.logIn(joan)).client, own)).toBe(200);
    const verified = "update users set email_verified_at = created_at where id = ?";
    await app.dependencies.database.fork().execute(verified, [joan.user.id]);
    expect(await statusFor(joan.client, ref)).toBe(200);
    expect(await statusFor((await app.signUp()).client, ref)).toBe(404);
  });
});
