import { setTimeout as sleep } from "node:timers/promises";
import type { Problem } from "@yumroad/contract";
import { createLatch } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createDemoSale, type DemoSale } from "../../../test/demo-sale.ts";
import { insertOrders } from "../../../test/insert-orders.ts";
import { GOOD_PASSWORD } from "../../../test/test-app.ts";
import { demoLogin } from "../../demo/demo-stores.ts";

const HEADER =
  "order,number,state,created,paid,email,product,currency,total,total_minor,refunded,refunded_minor,tax,tax_minor,country";
const HOUR = { max: 10, windowMs: 3_600_000 };

describe("a seller's sales as CSV", () => {
  let shop: DemoSale;
  beforeAll(async () => {
    shop = await createDemoSale({ limits: { salesExports: { ...HOUR, max: 100 } } });
  });
  afterAll(() => shop.app.close());

  const take = (query = "", client = shop.seller) => client.get<Problem>(`/api/sales.csv${query}`);
  const linesOf = ({ bytes }: { bytes: Uint8Array }) => new TextDecoder().decode(bytes).trimEnd().split("\r\n");
  const insert = (orders: Parameters<typeof insertOrders>[1]["orders"]) =>
    insertOrders(shop.app.dependencies.database, { slug: shop.product.slug, orders });

  it("R120: is a file that spreadsheets open: marked as UTF-8, with a name, kept by no cache", async () => {
    const answer = await take();
    expect(answer.status).toBe(200);
    expect([...answer.bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const day = new Date(shop.app.clock.now()).toISOString().slice(0, 10);
    expect(answer.headers).toMatchObject({
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="sales-mira-okafor-${day}.csv"`,
      "cache-control": "no-store",
    });
    expect(linesOf(answer)).toEqual([HEADER]);
  });

  it("R120: has a line per order, the newest first, with amounts in both units", async () => {
    const at = (text: string) => new Date(`2026-01-0${text}Z`);
    await insert([
      {
        ref: "0000000001",
        createdAt: at("1T10:00:00"),
        paidAt: at("1T10:01:00"),
        number: 901,
        total: 1905,
        refunded: 5,
        ...{ tax: 304, country: "DE" },
      },
      { ref: "0000000002", createdAt: at("2T10:00:00"), currency: "JPY", total: 1900, name: "折り紙, “easy”" },
    ]);
    const lines = linesOf(await take("?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z"));
    expect(lines.slice(1)).toEqual([
      '0000000002,,open,2026-01-02T10:00:00.000Z,,ann@example.com,"折り紙, “easy”",JPY,1900,1900,0,0,,,',
      "0000000001,901,paid,2026-01-01T10:00:00.000Z,2026-01-01T10:01:00.000Z,ann@example.com,Field notes,EUR,19.05,1905,0.05,5,3.04,304,DE",
    ]);
  });

  it("R120: holds what was begun from one moment up to before the other", async () => {
    const days = ["01", "02", "03"].map((day) => new Date(`2025-06-${day}T00:00:00Z`));
    await insert(days.map((createdAt, index) => ({ ref: `000000001${index}`, createdAt, total: 500 })));
    const found = async (query: string) =>
      linesOf(await take(query))
        .slice(1)
        .map((line) => line.slice(0, 10));
    expect(await found("?from=2025-06-01T00:00:00Z&to=2025-06-03T00:00:00Z")).toEqual(["0000000011", "0000000010"]);
    expect(await found("?to=2025-06-02T00:00:00Z")).toEqual(["0000000010"]);
    expect((await take("?from=2025-13-01T00:00:00Z")).json.code).toBe("invalid_input");
  });

  it("R120: a name or an email that begins like a formula is text", async () => {
    const createdAt = new Date("2025-01-01T00:00:00Z");
    await insert([{ ref: "0000000020", createdAt, total: 500, name: "=1+1", email: "+bob@example.com" }]);
    expect((await take("?to=2025-02-01T00:00:00Z")).text).toContain(",'+bob@example.com,'=1+1,EUR,5.00,500,");
  });

  it("R120: is the seller's own alone, also for who has no store", async () => {
    const { ref } = await shop.buy();
    expect((await take()).text).toContain(ref);
    const other = await shop.app.signUp({ password: GOOD_PASSWORD });
    expect(linesOf(await take("", other.client))).toEqual([HEADER]);
    expect((await take("", shop.app.visitor())).status).toBe(401);
  });

  it("R120: misses and repeats no order where one batch ends, even of one moment", async () => {
    const createdAt = new Date("2024-01-01T00:00:00Z");
    const refs = Array.from({ length: 2500 }, (_, place) => `A${String(place).padStart(9, "0")}`);
    await insert(refs.map((ref) => ({ ref, createdAt, total: 500 })));
    const lines = linesOf(await take("?to=2024-02-01T00:00:00Z")).slice(1);
    expect(lines.map((line) => line.slice(0, 10))).toEqual(refs.toReversed());
  });

  it("R120: ends with the session, and is read no further", async () => {
    shop.app.clock.advance("1s");
    const person = await shop.app.logIn(demoLogin);
    const { database } = shop.app.dependencies;
    const read = database.read.bind(database);
    const latch = createLatch();
    let reads = 0;
    database.read = async (...given) => {
      reads += 1;
      await latch.wait();
      return read(...given);
    };
    onTestFinished(() => {
      database.read = read;
    });
    const cut = expect(take("", person.client)).rejects.toThrow(/aborted|hang up|reset/i);
    await expect.poll(() => reads).toBe(1);
    await person.client.post("/api/auth/logout");
    await cut;
    latch.open();
    await sleep(50);
    // One batch may be on its way already.
    expect(reads).toBeLessThanOrEqual(2);
  });
});

it("R120: is made ten times an hour for one account, and for others as before", async () => {
  const shop = await createDemoSale();
  for (let time = 0; time < 10; time += 1) expect((await shop.seller.get("/api/sales.csv")).status).toBe(200);
  expect((await shop.seller.get("/api/sales.csv")).status).toBe(429);
  const other = await shop.app.signUp();
  expect((await other.client.get("/api/sales.csv")).status).toBe(200);
  await shop.app.close();
});
