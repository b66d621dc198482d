import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Migrator } from "@mikro-orm/migrations";
import { defineConfig, MikroORM } from "@mikro-orm/sqlite";
import BetterSqlite from "better-sqlite3";
import { CompiledQuery, type DatabaseConnection } from "kysely";
import type { Database } from "./database.ts";
import { type PlainRow, withDates } from "./read-rows.ts";
import type { Schema } from "./schema.ts";

export const DATABASE_FILE = "yumroad.db";
const LOCK_FILE = "migrate.lock.db";
const LOCK_PATIENCE_MS = 60_000;

/** The longest wait, in milliseconds, for another process that is writing. */
const BUSY_TIMEOUT_MS = 5000;
const ASK_AGAIN_MS = 5;
/** Codes of the errors after which SQLite's own busy timeout would try again. */
const BUSY = ["SQLITE_BUSY", "SQLITE_BUSY_RECOVERY"];

// `journal_mode = WAL`: readers continue while a writer works. `synchronous = FULL` (SQLite's default): a power cut
// loses no commit. `busy_timeout = 0`: `waitForOthers` waits instead of SQLite.
const PRAGMAS = ["busy_timeout = 0", "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"];

/** MikroORM's settings for a SQLite file. */
export function sqliteConfig(file: string, { entities, unmappedTables, migrations }: Schema) {
  return defineConfig({
    dbName: file,
    entities,
    extensions: [Migrator],
    // Successful migrations are not logged; a failing one throws.
    logger: () => {},
    migrations: { migrationsList: migrations.sqlite, tableName: "migrations", snapshot: false, allOrNothing: true },
    schemaGenerator: { skipTables: unmappedTables, ignoreTriggers: true },
    async onCreateConnection(connection) {
      waitForOthers(connection as DatabaseConnection);
      for (const pragma of PRAGMAS) {
        await (connection as DatabaseConnection).executeQuery(CompiledQuery.raw(`pragma ${pragma}`));
      }
    },
  });
}

/**
 * Makes a connection retry while another process (an operator's command) is writing: SQLite's own busy timeout would
 * block this process. Also makes each transaction take the write lock when it begins: a transaction that reads first
 * and writes later would fail at once with "database is locked".
 */
function waitForOthers(connection: DatabaseConnection): void {
  const execute = connection.executeQuery.bind(connection);
  const beginWriting = CompiledQuery.raw("begin immediate");
  connection.executeQuery = (async (query, ...rest) => {
    const giveUpAt = performance.now() + BUSY_TIMEOUT_MS;
    for (;;) {
      try {
        return await execute(query.sql === "begin" ? beginWriting : query, ...rest);
      } catch (error) {
        if (!BUSY.includes((error as { code?: string }).code ?? "") || performance.now() >= giveUpAt) throw error;
      }
      await sleep(ASK_AGAIN_MS);
    }
  }) as typeof connection.executeQuery;
}

export async function openSqlite(folder: string, schema: Schema): Promise<Database> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, DATABASE_FILE);
  const orm = await MikroORM.init(sqliteConfig(file, schema));
  // Opens the ORM's connection, which creates the file that the reader below needs.
  await orm.em.fork().execute("select 1");
  const reader = openReader(file);
  return {
    kind: "sqlite",
    fork: () => orm.em.fork(),
    async read<Row extends PlainRow<Row>>(sql: string, values: readonly (string | number | Date)[]) {
      return withDates<Row>(reader.read(sql, values));
    },
    migrate: (afterwards) =>
      withLock(join(folder, LOCK_FILE), async () => {
        await orm.migrator.up();
        await afterwards?.();
      }),
    ping: async () => void (await orm.em.fork().execute("select 1")),
    close() {
      reader.close();
      return orm.close();
    },
  };
}

/**
 * Opens a connection beside the ORM's, to read committed data even while the ORM's connection is in a transaction. Each
 * query is prepared once and kept: values are never part of a query's text, so the number of texts is bounded.
 */
function openReader(file: string) {
  const connection = new BetterSqlite(file, { readonly: true });
  const prepared = new Map<string, BetterSqlite.Statement>();
  return {
    read(sql: string, values: readonly (string | number | Date)[]) {
      let statement = prepared.get(sql);
      if (statement === undefined) {
        statement = connection.prepare(sql);
        prepared.set(sql, statement);
      }
      return statement.all(...values.map((value) => (value instanceof Date ? value.getTime() : value))) as Record<
        string,
        unknown
      >[];
    },
    close: () => connection.close(),
  };
}

/**
 * Runs `work` within an exclusive transaction on a separate file. The operating system releases this lock even if the
 * process is killed.
 */
async function withLock(file: string, work: () => Promise<void>): Promise<void> {
  const lock = new BetterSqlite(file, { timeout: LOCK_PATIENCE_MS });
  try {
    lock.exec("begin exclusive");
    await work();
    lock.exec("commit");
  } finally {
    lock.close();
  }
}
