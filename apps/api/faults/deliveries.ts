// pnpm prove deliveries: kills processes (SIGKILL) at random moments in which they deliver paid orders, on SQLite and on
// Postgres. In each round three processes hear of the same payments by webhook, return page and sweep at once, and die;
// a fourth that lives races with them in every third round. Then the sweep goes on with what was left. In the end each
// order is paid, delivered, receipted and counted once. KILLS is their number on both databases together (200), SEED
// makes the moments again. Exits with 1 when a promise was broken.
import { fork } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { createRandom } from "@yumroad/scenarios";
import { createDependencies, type Dependencies } from "../src/dependencies.ts";
import { createLogger } from "../src/platform/lib/logger.ts";
import { beginAndPay, demoConfig, slugOfDemo } from "../test/paid-orders.ts";
import { postgresUrl } from "../test/services.ts";
import { createTestDatabase } from "../test/test-database.ts";
import type { DeliveryPlace, Task } from "./delivery-place.ts";

/** Number of kills on each database. */
const KILLS = Number(process.env.KILLS ?? 200) / 2;
const SEED = Number(process.env.SEED || randomInt(2 ** 31));
const VICTIMS = 3;
const ORDERS_A_ROUND = 4;
/** About the moments that all calls of a process have: some die late, and some have done all before. */
const MOMENTS = 300;
const MINUTE = 60_000;
/** The first check of an order is due after two minutes, and the next one soon after that. */
const DUE_MS = 3 * MINUTE;
const DUE_AGAIN_MS = 30 * MINUTE;

const random = createRandom(SEED);
let aheadMs = 0;

const broken: string[] = [];
process.stdout.write(`moments of death by SEED=${SEED}\n`);
for (const kind of postgresUrl === null ? (["sqlite"] as const) : (["sqlite", "postgres"] as const)) {
  broken.push(...(await prove(kind)));
}
for (const fault of broken) process.stdout.write(`- **broken:** ${fault}\n`);
process.exit(broken.length === 0 ? 0 : 1);

async function prove(kind: "sqlite" | "postgres"): Promise<string[]> {
  const name = kind === "sqlite" ? "SQLite" : "Postgres";
  const testDatabase = await createTestDatabase(kind);
  const place = { folder: testDatabase.folder, databaseUrl: testDatabase.databaseUrl };
  const clock = { now: () => Date.now() + aheadMs };
  const parts = { clock, hashCost: 4, hasDemoOrders: false };
  const app = await createDependencies(demoConfig(place), createLogger("silent"), parts);
  try {
    const slug = await slugOfDemo(app);
    let [kills, midway, orders] = [0, 0, 0];
    for (let round = 0; kills < KILLS; round += 1) {
      aheadMs = 0;
      const begun: Task["orders"] = [];
      for (let count = 0; count < ORDERS_A_ROUND; count += 1) begun.push(await beginAndPay(app, slug));
      orders += begun.length;
      const victims = Math.min(VICTIMS, KILLS - kills);
      const fates = Array.from({ length: victims }, () => killMidway(place, begun, 1 + Math.floor(random() * MOMENTS)));
      if (round % 3 === 0) fates.push(killMidway(place, begun, Number.MAX_SAFE_INTEGER));
      const ended = await Promise.all(fates);
      kills += victims;
      midway += ended.filter(({ wasMidway }) => wasMidway).length;
      // The sweep asks at most fifty orders in a run, and these are fewer.
      aheadMs = DUE_AGAIN_MS;
      await app.workers.orderCheck.run();
    }
    const { counts, faults } = await audit(app, orders);
    process.stdout.write(`deliveries, ${name}: ${kills} kills, ${midway} of them midway; ${counts}\n`);
    return faults.map((fault) => `${name}: ${fault}`);
  } finally {
    await app.close();
    await testDatabase.remove();
  }
}

/** Starts a process, gives it its task, and waits for its death. One that has done everything is killed then. */
async function killMidway(
  place: DeliveryPlace,
  orders: Task["orders"],
  dieAfter: number,
): Promise<{ wasMidway: boolean }> {
  const seed = Math.floor(random() * 2 ** 31);
  const env = { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE };
  const child = fork(join(import.meta.dirname, "delivering.ts"), {
    env: { ...env, NODE_ENV: "production", PLACE: JSON.stringify(place) },
  });
  const dead = once(child, "exit");
  const ready = await Promise.race([once(child, "message"), dead]);
  if (ready[0] !== "ready") throw new Error(`A process did not start: ${ready}`);
  child.send({ orders, dieAfter, seed, aheadMs: DUE_MS } satisfies Task);
  const done = once(child, "message");
  const wasMidway = (await Promise.race([done.then(() => "done"), dead])) !== "done";
  child.kill("SIGKILL");
  await dead;
  return { wasMidway };
}

/** Compares what there is with what there has to be: one of everything for each order. */
async function audit({ database }: Dependencies, orders: number): Promise<{ counts: string; faults: string[] }> {
  const count = async (sql: string) => Number((await database.read<{ n: number | string }>(sql, []))[0]?.n ?? 0);
  const counts = {
    orders: await count("select count(*) as n from orders"),
    paid: await count("select count(*) as n from orders where state = 'paid'"),
    numbers: await count(
      "select count(distinct number) as n from orders where number between 1 and (select count(*) from orders)",
    ),
    entitlements: await count("select count(*) as n from entitlements"),
    "orders with one": await count("select count(distinct order_id) as n from entitlements"),
    receipts: await count("select count(*) as n from mails where kind = 'receipt'"),
    "buyers with one": await count("select count(distinct to_address) as n from mails where kind = 'receipt'"),
    "notices to the seller": await count("select count(*) as n from mails where kind = 'sale'"),
    deliveries: await count("select count(*) as n from order_events where kind = 'paid'"),
    "sales in the sums": await count("select coalesce(sum(orders), 0) as n from sales_quarters"),
  };
  const faults = Object.entries(counts)
    .filter(([, n]) => n !== orders)
    .map(([what, n]) => `${n} ${what}, where ${orders} have to be`);
  const gross = await count("select coalesce(sum(gross), 0) as n from sales_quarters");
  const owed = await count("select coalesce(sum(total), 0) as n from orders where state = 'paid'");
  if (gross !== owed) faults.push(`sums of ${gross}, where ${owed} was paid`);
  const troubles = await count("select count(*) as n from orders where trouble is not null");
  if (troubles > 0) faults.push(`${troubles} orders in trouble`);
  const each = faults.length === 0 ? "each paid, delivered, receipted, numbered and counted once" : "not each once";
  return { counts: `${orders} orders, ${each}`, faults };
}
