import { createClock } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTemporaryDatabase, type TemporaryDatabase } from "../../test/temporary-database.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { createCatalogExtension } from "../catalog/account-extension.ts";
import { createPasswordHasher } from "../platform/lib/password-hasher.ts";
import { createDiskStorage } from "../platform/storage/create-disk-storage.ts";
import { initializeShopKind } from "../shop/shop-kind.ts";
import { seedDemo } from "./seed-demo.ts";
import { seedDemoOrders } from "./seed-demo-orders.ts";

const DAY = 24 * 60 * 60_000;
const publicUrl = new URL("http://localhost:3000");
const hasher = createPasswordHasher({
  cost: 4,
  peppers: [{ id: "test", secret: "a pepper of tests, long enough" }],
  queueLength: 64,
}).forParty({ group: "a block", member: "an address" });
const folder = temporaryFolder();
const fileStorage = await createDiskStorage(folder.path);
afterAll(folder.remove);

/** A demo that is started for the first time on a day. */
async function openDemo(now: string): Promise<TemporaryDatabase> {
  const database = await openTemporaryDatabase();
  const clock = createClock(now);
  await initializeShopKind(database.fork(), "marketplace");
  await seedDemo({
    em: database.fork(),
    hasher,
    clock,
    accountExtension: createCatalogExtension(database),
    fileStorage,
  });
  await seedDemoOrders({ em: database.fork(), clock, publicUrl });
  return database;
}

const NOW = "2030-01-02T09:30:00Z";

describe("the demo's orders", () => {
  let database: TemporaryDatabase;
  beforeAll(async () => {
    database = await openDemo(NOW);
  });
  afterAll(() => database.close());

  it("are some hundreds, in all states, with refunds in full and in part", async () => {
    const states = await database.read<{ state: string; n: number | string }>(
      "select state as state, count(*) as n from orders group by state order by state",
      [],
    );
    const counts = Object.fromEntries(states.map(({ state, n }) => [state, Number(n)]));
    expect(counts).toMatchObject({ open: 2, pending: 2 });
    expect(counts.paid).toBeGreaterThan(200);
    expect(counts.failed).toBeGreaterThan(5);
    expect(counts.expired).toBeGreaterThan(5);
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    expect(total).toBeLessThan(400);
    const refunds = await database.read<{ isFull: number | boolean; n: number | string }>(
      `select o.refunded = o.total as "isFull", count(*) as n from refunds r join orders o on o.id = r.order_id
       where r.amount = o.refunded group by 1`,
      [],
    );
    expect(refunds.map(({ isFull, n }) => [Boolean(isFull), Number(n) > 2])).toEqual(
      expect.arrayContaining([
        [true, true],
        [false, true],
      ]),
    );
    expect(await database.countOf("mails")).toBe(0);
  });

  it("have all their rows, and no others", async () => {
    const faults = await database.read<{ ref: string }>(
      `
      select o.ref as ref from orders o join order_items i on i.order_id = o.id
      where (o.state = 'paid') <> (o.number is not null)
        or (o.state = 'paid') <> (o.paid_at is not null)
        or (o.state = 'paid') <> exists (select 1 from entitlements e where e.order_id = o.id and e.product_id = i.product_id)
        or (o.state = 'paid') <> exists (select 1 from order_events e where e.order_id = o.id and e.kind = 'paid')
        or (o.total > 0) <> exists (select 1 from payment_attempts a where a.order_id = o.id)
        or (o.total > 0 and o.state = 'paid') <> exists
          (select 1 from payment_attempts a join demo_payments p on p.session = a.session
           where a.order_id = o.id and a.state = 'paid' and p.state = 'paid' and a.payment is not null)
        or (o.total > 0) <> (o.consent_text is not null)
        or i.amount <> o.total
        or exists (select 1 from payment_attempts a join demo_payments p on p.session = a.session
          where a.order_id = o.id and (p.amount <> o.total or a.paid_amount <> o.total))
        or (o.refunded > 0 and o.refunded = o.total) <> exists
          (select 1 from entitlements e where e.order_id = o.id and e.ended_at is not null)`,
      [],
    );
    expect(faults).toEqual([]);
    expect(await database.countOf("order_items")).toBe(await database.countOf("orders"));
  });

  it("have numbers without gaps in each store, in the order in which they were paid", async () => {
    const stores = await database.read<{ id: string; nextNumber: number }>(
      `select id as id, next_number as "nextNumber" from stores`,
      [],
    );
    for (const { id, nextNumber } of stores) {
      const sql = "select number as number from orders where store_id = ? and state = 'paid' order by paid_at, number";
      const paid = await database.read<{ number: number }>(sql, [id]);
      expect(paid.map(({ number }) => number)).toEqual(paid.map((_, index) => index + 1));
      expect(nextNumber).toBe(paid.length + 1);
    }
  });

  it("were all told by a webhook where they were paid through the provider", async () => {
    const untold = await database.read(
      `select id from payment_attempts a where state = 'paid' and not exists
         (select 1 from payment_events e where e.order_id = a.order_id)`,
      [],
    );
    expect(untold).toEqual([]);
  });

  it("pay what they want: some the least, most what is suggested or more", async () => {
    const orders = await database.read<{ total: number; least: number; suggested: number }>(
      `select o.total as total, p.price_amount as least, p.suggested_amount as suggested
       from orders o join order_items i on i.order_id = o.id join products p on p.id = i.product_id
       where p.pricing = 'pay_what_you_want'`,
      [],
    );
    const count = (paid: (order: (typeof orders)[number]) => boolean) => orders.filter(paid).length;
    expect(count(({ total, least }) => total === least)).toBeGreaterThan(0);
    expect(count(({ total, suggested }) => total > suggested)).toBeGreaterThan(0);
    expect(count(({ total, suggested }) => total >= suggested)).toBeGreaterThan(orders.length / 2);
  });

  it("are what the sums of the sales say, quarter by quarter", async () => {
    const sums = await database.read<Quarter>(
      `select store_id as "storeId", currency, quarter, orders, gross, refunded from sales_quarters`,
      [],
    );
    const wanted = new Map<string, Quarter>();
    const add = ({ storeId, currency, at }: Sold, more: Pick<Quarter, "orders" | "gross" | "refunded">) => {
      const quarter = Math.floor(at.getTime() / (15 * 60_000));
      const key = `${storeId} ${currency} ${quarter}`;
      const { orders, gross, refunded } = wanted.get(key) ?? { orders: 0, gross: 0, refunded: 0 };
      const sum = { orders: orders + more.orders, gross: gross + more.gross, refunded: refunded + more.refunded };
      wanted.set(key, { storeId, currency, quarter, ...sum });
    };
    const paid = await database.read<Sold & { total: number }>(
      `select store_id as "storeId", currency, paid_at as at, total from orders where state = 'paid'`,
      [],
    );
    for (const order of paid) add(order, { orders: 1, gross: order.total, refunded: 0 });
    const refunds = await database.read<Sold & { amount: number }>(
      `select o.store_id as "storeId", o.currency, r.created_at as at, r.amount from refunds r join orders o on o.id = r.order_id`,
      [],
    );
    for (const refund of refunds) add(refund, { orders: 0, gross: 0, refunded: refund.amount });
    const inOrder = (quarters: Iterable<Quarter>) =>
      [...quarters]
        .map((sum) => ({ ...sum, gross: Number(sum.gross), refunded: Number(sum.refunded) }))
        .toSorted((one, other) => one.quarter - other.quarter || (one.storeId < other.storeId ? -1 : 1));
    expect(inOrder(sums)).toEqual(inOrder(wanted.values()));
  });

  it("fill the ninety days before, sorted by their ids, with a launch that stands out", async () => {
    const orders = await database.read<{ at: Date; name: string }>(
      "select o.created_at as at, i.name as name from orders o join order_items i on i.order_id = o.id order by o.id",
      [],
    );
    const times = orders.map(({ at }) => at.getTime());
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(times[0]).toBeGreaterThan(Date.parse(NOW) - 92 * DAY);
    expect(times.at(-1)).toBeLessThan(Date.parse(NOW));
    const launch = orders.filter(({ name }) => name === "Procreate portrait workshop");
    const first = launch[0]?.at.getTime() ?? 0;
    expect(launch.filter(({ at }) => at.getTime() < first + DAY).length).toBeGreaterThan(10);
  });

  it("come from people at domains that belong to nobody, some of whom buy again", async () => {
    const buyers = await database.read<{ email: string; n: number | string }>(
      "select email as email, count(*) as n from orders group by email",
      [],
    );
    for (const { email } of buyers) expect(email).toMatch(/^[a-z]+(?:\.[a-z]+)?@[a-z]+\.example$/);
    expect(buyers.filter(({ n }) => Number(n) > 1).length).toBeGreaterThan(10);
    const own = await database.read<{ email: string }>(
      "select distinct email as email from orders where buyer_id is not null",
      [],
    );
    expect(own.map(({ email }) => email)).toContain("mira@demo.example");
  });

  it("are of products that were listed before", async () => {
    const early = await database.read(
      "select 1 as n from orders o join order_items i on i.order_id = o.id join products p on p.id = i.product_id where p.created_at > o.created_at or p.sold_at is null or p.sold_at > o.created_at",
      [],
    );
    expect(early).toEqual([]);
  });

  it("are the same whenever a demo is first started on that day", async () => {
    const other = await openDemo(NOW);
    const sql = "select ref as ref, email as email, state as state, created_at as at from orders order by id";
    expect(await other.read(sql, [])).toEqual(await database.read(sql, []));
    await other.close();
  }, 60_000);

  it("are not made twice, and not beside anybody's own", async () => {
    const clock = createClock("2030-01-05T09:30:00Z");
    const before = await database.countOf("orders");
    await seedDemoOrders({ em: database.fork(), clock, publicUrl });
    expect(await database.countOf("orders")).toBe(before);
    await database.fork().execute("delete from settings where key = 'demo_orders'");
    await seedDemoOrders({ em: database.fork(), clock, publicUrl });
    expect(await database.countOf("orders")).toBe(before);
  });
});

interface Quarter {
  storeId: string;
  currency: string;
  quarter: number;
  orders: number;
  gross: number;
  refunded: number;
}

interface Sold {
  storeId: string;
  currency: string;
  at: Date;
}
