// From a webhook to the delivered order, beside the same statements by the bare driver in one transaction.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Connection } from "@mikro-orm/core";
import { MikroORM } from "@mikro-orm/postgresql";
import { median } from "@yumroad/testkit";
import BetterSqlite from "better-sqlite3";
import { v7 as uuid } from "uuid";
import { createDependencies, type Dependencies } from "../src/dependencies.ts";
import { schema } from "../src/entities.ts";
import { newToken } from "../src/identity/tokens/new-token.ts";
import { postgresConfig } from "../src/platform/db/postgres.ts";
import { createLogger } from "../src/platform/lib/logger.ts";
import { beginAndPay, demoConfig, hearOf, type PaidOrder, slugOfDemo } from "../test/paid-orders.ts";
import type { Figure, Place } from "./figures.ts";

const ROUNDS = 5;
/** The first rounds compile the code and prepare the database's caches. */
const WARM_UPS = 2;
const PAIRS_A_ROUND = 40;
const NO_STATEMENT = /^(?:begin|commit|rollback|savepoint|release)/i;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** A hash of a key, which has to be another one for each order. */
const HASH = /'[\w-]{43}'/g;
const NUMBER = /(?<=\bnumber[`"]? = )\d+/;

/**
 * Delivers orders by webhooks in this process, without HTTP, and as many others by the statements that each took, in
 * turn. Reading the webhook, asking the demo's provider and writing two mails are part of it.
 */
export async function measureDeliveries(kind: string, place: Place): Promise<Figure> {
  mkdirSync(place.folder, { recursive: true });
  const options = { hashCost: 4, hasDemoOrders: false };
  const app = await createDependencies(demoConfig(place), createLogger("silent"), options);
  const bare = place.databaseUrl === null ? openBareSqlite(place.folder) : await openBarePostgres(place.databaseUrl);
  const recorded = recordStatements();
  const rounds: Record<"ours" | "bare" | "statements", number>[] = [];
  for (let round = 0; round < WARM_UPS + ROUNDS; round += 1) {
    const times: typeof rounds = [];
    for (let pair = 0; pair < PAIRS_A_ROUND; pair += 1) {
      const [one, other] = [
        await beginAndPay(app, await slugOfDemo(app)),
        await beginAndPay(app, await slugOfDemo(app)),
      ];
      recorded.length = 0;
      const ours = await timeOf(() => hearOf(app, one.session));
      const statements = await rewrite(app, recorded, { one, other });
      times.push({ ours, bare: await timeOf(() => bare.run(statements)), statements: statements.length });
    }
    rounds.push(mediansOf(times));
  }
  await refuseUndelivered(app);
  await bare.close();
  await app.close();
  const counted = rounds.slice(WARM_UPS);
  const ratio = median(counted.map(({ ours, bare }) => ours / bare));
  const { ours, bare: alone, statements } = mediansOf(counted);
  return {
    what: `from a webhook to the delivered order, of the same statements by the bare driver in one transaction (${kind})`,
    target: "≤ 2",
    measured: `${ratio.toFixed(2)} (${ours.toFixed(1)} ms of ${alone.toFixed(1)} ms, ${statements} statements)`,
    isReached: ratio <= 2,
  };
}

interface Bare {
  /** Runs statements in one transaction. */
  run(statements: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

function openBareSqlite(folder: string): Bare {
  const database = new BetterSqlite(join(folder, "yumroad.db"));
  for (const pragma of ["journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"]) database.pragma(pragma);
  return {
    async run(statements) {
      database.exec("begin immediate");
      for (const sql of statements) {
        const statement = database.prepare(sql);
        if (statement.reader) statement.all();
        else statement.run();
      }
      database.exec("commit");
    },
    close: async () => void database.close(),
  };
}

/** The pool is the driver's own; the ORM only opens it. */
async function openBarePostgres(url: string): Promise<Bare> {
  const orm = await MikroORM.init(postgresConfig(url, schema));
  const client = await (await orm.em.getConnection().getNativeClient()).connect();
  return {
    async run(statements) {
      await client.query("begin");
      for (const sql of statements) await client.query(sql);
      await client.query("commit");
    },
    async close() {
      client.release();
      await orm.close();
    },
  };
}

/** The list to which every statement of the ORM is added from now on, with its values in it. */
function recordStatements(): string[] {
  type Execute = (query: string, work: unknown, context?: { formatted?: string }) => Promise<unknown>;
  const everyStatement = Connection.prototype as unknown as { executeQuery: Execute };
  const { executeQuery } = everyStatement;
  const recorded: string[] = [];
  everyStatement.executeQuery = function (this: unknown, query, work, context) {
    const sql = context?.formatted ?? query;
    if (!NO_STATEMENT.test(sql)) recorded.push(sql);
    return executeQuery.call(this, query, work, context);
  };
  return recorded;
}

/** The statements that delivered one order as those that deliver another: with its ids, and new ones for new rows. */
async function rewrite(
  { database }: Dependencies,
  recorded: readonly string[],
  { one, other }: { one: PaidOrder; other: PaidOrder },
): Promise<string[]> {
  const statements = [...recorded];
  const kept = await database.read<{ id: string }>(
    "select id from stores union all select id from products union all select id from users",
    [],
  );
  const attemptOf = async ({ id }: PaidOrder) =>
    (await database.read<{ id: string }>("select id from payment_attempts where order_id = ?", [id]))[0]?.id ?? "";
  const known = new Map(kept.map(({ id }) => [id, id]));
  known.set(one.id, other.id).set(await attemptOf(one), await attemptOf(other));
  known.set(`'${other.session}'`, `'${other.session}'`);
  const replaced = (text: string, make: () => string) => {
    const present = known.get(text) ?? make();
    known.set(text, present);
    return present;
  };
  return statements.map((sql) =>
    sql
      .replaceAll(one.session, other.session)
      .replace(UUID, (id) => replaced(id, uuid))
      .replace(HASH, (hash) => replaced(hash, () => `'${newToken()}'`))
      .replace(NUMBER, (number) => String(Number(number) + 1)),
  );
}

/** Throws unless every order was delivered, by whichever of the two. */
async function refuseUndelivered({ database }: Dependencies): Promise<void> {
  const [row] = await database.read<{ n: number | string }>(
    `select count(*) as n from orders o where o.state <> 'paid' or o.number is null
     or not exists (select 1 from entitlements e where e.order_id = o.id)`,
    [],
  );
  if (Number(row?.n) > 0) throw new Error(`${row?.n} orders were not delivered`);
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function mediansOf<Name extends string>(many: readonly Record<Name, number>[]): Record<Name, number> {
  const names = Object.keys(many[0] ?? {}) as Name[];
  return Object.fromEntries(names.map((name) => [name, median(many.map((one) => one[name]))])) as Record<Name, number>;
}
