import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { IsolationLevel } from "@mikro-orm/core";
import { MikroORM } from "@mikro-orm/postgresql";
import type { EntityManager } from "./database.ts";
import { postgresConfig } from "./postgres.ts";
import type { Schema } from "./schema.ts";

const NO_LIMIT = 0;
/** Rows that are read or written at once. */
const BATCH = 500;
const MIGRATIONS = "migrations";

export interface PostgresCopy {
  migrations: string[];
  /** In an order in which no row comes before one that it refers to. */
  tables: string[];
}

/**
 * Writes each table of a Postgres database into a file of JSON lines, all as they are at one moment, while others go on
 * reading and writing. `left`: tables that are left out, besides those that triggers fill.
 */
export function dumpPostgres(
  url: string,
  schema: Schema,
  { folder, left }: { folder: string; left: readonly string[] },
): Promise<PostgresCopy> {
  const options = { isolationLevel: IsolationLevel.REPEATABLE_READ, readOnly: true };
  return onPostgres(url, schema, (orm) =>
    orm.em.fork().transactional(async (em) => {
      const isLeft = (table: string) => left.includes(table) || schema.unmappedTables.some((name) => name.test(table));
      const tables = sortByReference(await readTables(em)).filter((table) => table !== MIGRATIONS && !isLeft(table));
      const names = await em.execute<{ name: string }[]>(`select name from ${MIGRATIONS} order by id`);
      for (const table of tables) await dumpTable(em, table, join(folder, `${table}.jsonl`));
      return { migrations: names.map(({ name }) => name), tables };
    }, options),
  );
}

/** True if a Postgres database has no tables. */
export function isPostgresEmpty(url: string, schema: Schema): Promise<boolean> {
  return onPostgres(url, schema, async (orm) => (await readTables(orm.em.fork())).length === 0);
}

/**
 * Fills an empty Postgres database with the migrations and rows of a copy, or changes nothing if that fails. `linesOf`
 * returns the lines of a table's file.
 */
export function loadPostgres(
  url: string,
  schema: Schema,
  { migrations, tables, linesOf }: PostgresCopy & { linesOf: (table: string) => AsyncIterable<string> },
): Promise<void> {
  return onPostgres(url, schema, (orm) =>
    orm.em.fork().transactional(async (em) => {
      await orm.migrator.up({ migrations, transaction: em.getTransactionContext() });
      // Migrations may have added rows of their own.
      await em.execute(`truncate ${tables.map((table) => `"${table}"`).join(", ")} cascade`);
      for (const table of tables) await loadTable(em, table, linesOf(table));
    }),
  );
}

async function onPostgres<Result>(
  url: string,
  schema: Schema,
  work: (orm: MikroORM) => Promise<Result>,
): Promise<Result> {
  const orm = await MikroORM.init(postgresConfig(url, { ...schema, queryPatienceMs: NO_LIMIT }));
  try {
    return await work(orm as MikroORM);
  } finally {
    await orm.close();
  }
}

/** The tables, each with those that it refers to. */
async function readTables(em: EntityManager): Promise<{ name: string; refersTo: string[] }[]> {
  return em.execute(
    `select c.relname as "name", coalesce(json_agg(r.relname) filter (where r.relname is not null), '[]') as "refersTo"
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
       left join pg_constraint f on f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid
       left join pg_class r on r.oid = f.confrelid
     where c.relkind = 'r' and n.nspname = current_schema() group by c.relname order by c.relname`,
  );
}

function sortByReference(tables: { name: string; refersTo: string[] }[]): string[] {
  const sorted: string[] = [];
  let left = tables;
  while (left.length > 0) {
    const ready = left.filter(({ refersTo }) => refersTo.every((name) => sorted.includes(name)));
    if (ready.length === 0) throw new Error("The tables refer to each other in a circle");
    sorted.push(...ready.map(({ name }) => name));
    left = left.filter((table) => !ready.includes(table));
  }
  return sorted;
}

async function dumpTable(em: EntityManager, table: string, file: string): Promise<void> {
  const output = createWriteStream(file, { flags: "wx", mode: 0o600 });
  const isWritten = finished(output);
  isWritten.catch(() => {});
  await em.execute(`declare "dump" no scroll cursor for select row_to_json(t)::text as "line" from "${table}" t`);
  for (;;) {
    const rows = await em.execute<{ line: string }[]>(`fetch forward ${BATCH} from "dump"`);
    if (rows.length === 0) break;
    if (!output.write(rows.map(({ line }) => `${line}\n`).join("")))
      await Promise.race([once(output, "drain"), isWritten]);
  }
  await em.execute(`close "dump"`);
  output.end();
  await isWritten;
}

async function loadTable(em: EntityManager, table: string, lines: AsyncIterable<string>): Promise<void> {
  const insert = (rows: string[]) =>
    em.execute(`insert into "${table}" select * from json_populate_recordset(null::"${table}", ?::json)`, [
      `[${rows.join(",")}]`,
    ]);
  let rows: string[] = [];
  for await (const line of lines) {
    rows.push(line);
    if (rows.length < BATCH) continue;
    await insert(rows);
    rows = [];
  }
  if (rows.length > 0) await insert(rows);
}
