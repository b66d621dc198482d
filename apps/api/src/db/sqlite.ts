import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Migrator } from "@mikro-orm/migrations";
import { defineConfig, MikroORM } from "@mikro-orm/sqlite";
import BetterSqlite from "better-sqlite3";
import { CompiledQuery, type DatabaseConnection } from "kysely";
import type { Database } from "./database.ts";
import { entities } from "./entities.ts";
import { migrations } from "./migrations/sqlite/index.ts";
import { findInSqlite, SEARCH_TABLES } from "./product-search.ts";

const DATABASE_FILE = "yumroad.db";
const LOCK_FILE = "migrate.lock.db";
const LOCK_PATIENCE_MS = 60_000;

// WAL lets readers go on beside a writer. FULL (SQLite's own default) keeps every commit through a power cut.
const PRAGMAS = ["journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "busy_timeout = 5000"];

/** MikroORM's settings for a SQLite file. */
export function sqliteConfig(file: string) {
  return defineConfig({
    dbName: file,
    entities,
    extensions: [Migrator],
    // Migrations that run are no news; one that fails throws.
    logger: () => {},
    migrations: { migrationsList: migrations, tableName: "migrations", snapshot: false, allOrNothing: true },
    schemaGenerator: { skipTables: SEARCH_TABLES },
    async onCreateConnection(connection) {
      for (const pragma of PRAGMAS) {
        await (connection as DatabaseConnection).executeQuery(CompiledQuery.raw(`pragma ${pragma}`));
      }
    },
  });
}

export async function openSqlite(folder: string): Promise<Database> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const orm = await MikroORM.init(sqliteConfig(join(folder, DATABASE_FILE)));
  return {
    fork: () => orm.em.fork(),
    findProducts: findInSqlite,
    migrate: () => withLock(join(folder, LOCK_FILE), async () => void (await orm.migrator.up())),
    ping: async () => void (await orm.em.fork().execute("select 1")),
    close: () => orm.close(),
  };
}

/** An exclusive transaction on a file of its own: the system lets go of it even when the process is killed. */
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
