// The memory of a server that sends a million orders as CSV.
import { setTimeout as sleep } from "node:timers/promises";
import { schema } from "../src/entities.ts";
import { type Database, openDatabase } from "../src/platform/db/database.ts";
import type { Server } from "./child.ts";
import { type Figure, type Place, proxyHeaders, signUp, startProduct } from "./figures.ts";
import { ask } from "./load.ts";

const ORDERS = 1_000_000;
const WARM_UP_ROWS = 100_000;
const BATCH = 20_000;
const MIB = 1024 ** 2;
const BOUND_MIB = 32;
const NEWLINE = 10;

/** Exports a store's orders twice, and compares, in the second export, the server's memory after the first rows with its peak until the end. */
export async function measureSalesExport(kind: string, place: Place): Promise<Figure> {
  const product = await startProduct(place);
  const cookie = await signUp(product.port, 1, { email: "seller@example.com", name: "A Seller" });
  const headers = { ...proxyHeaders(1), Cookie: cookie };
  const body = { name: "Field notes", price: { amount: 1900, currency: "EUR" } };
  const created = await ask({ port: product.port, path: "/api/products", method: "POST", headers, body });
  if (created.status !== 201) throw new Error(`A product answered ${created.status}: ${created.text}`);
  const database = await openDatabase({ ...place, ...schema });
  await insertOrders(database);
  await database.close();
  // The server has closed idle connections, which this process notices only now.
  await sleep(100);
  // V8's young generation grows to its full size in the first one, as it does under any load.
  const cold = await readExport(product, headers);
  const { added, seconds, bytes, slowest } = await readExport(product, headers);
  await product.stop();
  return {
    what: `memory that the rest of a CSV of ${ORDERS.toLocaleString("en")} orders adds after the first ${WARM_UP_ROWS.toLocaleString("en")} (${kind})`,
    target: `≤ ${BOUND_MIB} MiB`,
    measured: `${mib(added, 1)} (${mib(cold.added)} for the first export since the start; ${mib(bytes)} in ${seconds.toFixed(0)} s, the slowest of other requests meanwhile ${slowest.toFixed(0)} ms)`,
    isReached: added <= BOUND_MIB * MIB,
  };
}

function mib(bytes: number, digits = 0): string {
  return `${(bytes / MIB).toFixed(digits)} MiB`;
}

async function insertOrders(database: Database): Promise<void> {
  const em = database.fork();
  const at = {
    sqlite: "1750000000000 + i * 1000",
    postgres: "timestamptz '2025-06-15' + i * interval '1 second'",
  }[database.kind];
  const numbers = "with recursive n(i) as (select cast(? as integer) union all select i + 1 from n where i < ?)";
  const id = "cast(1000000000000 + i as text)";
  for (let made = 0; made < ORDERS; made += BATCH) {
    const range = [made + 1, made + BATCH];
    await em.execute(
      `insert into orders (id, ref, number, store_id, email, email_key, attempt_key, state, currency, total,
         seller_name, seller_address, seller_contact, pay_instructions, pay_until, paid_at, created_at)
       ${numbers} select ${id}, cast(1000000000 + i as text), i, (select id from stores), 'buyer-' || i || '@example.com',
         'buyer-' || i || '@example.com', ${id}, 'paid', 'EUR', 1900, 'A Seller', 'Lisbon', 's@example.com', '',
         ${at}, ${at}, ${at} from n`,
      range,
    );
    await em.execute(
      `insert into order_items (id, order_id, product_id, name, slug, amount)
       ${numbers} select ${id}, ${id}, (select id from products), 'Field notes, “the second edition”', 'field-notes', 1900
       from n`,
      range,
    );
  }
}

async function readExport(server: Server, headers: Record<string, string>) {
  const startedAt = performance.now();
  const answer = await fetch(`http://127.0.0.1:${server.port}/api/sales.csv`, { headers });
  if (answer.status !== 200 || answer.body === null) throw new Error(`The export answered ${answer.status}`);
  const others = askOthers(server);
  let [rows, bytes, before, peak] = [0, 0, 0, 0];
  for await (const chunk of answer.body) {
    bytes += chunk.byteLength;
    for (const byte of chunk) if (byte === NEWLINE) rows += 1;
    if (rows < WARM_UP_ROWS) continue;
    if (before === 0) before = server.memory();
    peak = Math.max(peak, server.memory());
  }
  const seconds = (performance.now() - startedAt) / 1000;
  if (rows !== ORDERS + 1) throw new Error(`The export has ${rows} lines`);
  return { added: peak - before, seconds, bytes, slowest: await others.end() };
}

/** Sends other requests, one at a time, and remembers the milliseconds of the slowest. */
function askOthers({ port }: Server): { end(): Promise<number> } {
  let [isOver, slowest] = [false, 0];
  async function keepAsking() {
    while (!isOver) {
      const startedAt = performance.now();
      await ask({ port, path: "/api/products", headers: proxyHeaders() });
      slowest = Math.max(slowest, performance.now() - startedAt);
      await sleep(20);
    }
  }
  const asking = keepAsking();
  return {
    async end() {
      isOver = true;
      await asking;
      return slowest;
    },
  };
}
