import { Migrator } from "@mikro-orm/migrations";
import { defineConfig, MikroORM } from "@mikro-orm/postgresql";
import type { Database } from "./database.ts";
import { entities } from "./entities.ts";
import { migrations } from "./migrations/postgres/index.ts";
import { findInPostgres, SEARCH_TABLES } from "./product-search.ts";

/** Any number will do, as long as every process of ours takes the same. */
const MIGRATION_LOCK = 8_671_204;
const CONNECT_PATIENCE_MS = 2000;
const QUERY_PATIENCE_MS = 5000;

/** MikroORM's settings for a Postgres database. */
export function postgresConfig(url: string) {
  return defineConfig({
    clientUrl: url,
    entities,
    extensions: [Migrator],
    logger: () => {},
    migrations: { migrationsList: migrations, tableName: "migrations", snapshot: false, allOrNothing: true },
    schemaGenerator: { skipTables: SEARCH_TABLES },
    pool: { min: 0, max: 10 },
    driverOptions: { connectionTimeoutMillis: CONNECT_PATIENCE_MS, query_timeout: QUERY_PATIENCE_MS, keepAlive: true },
  });
}

export async function openPostgres(url: string): Promise<Database> {
  const orm = await MikroORM.init(postgresConfig(url));
  return {
    fork: () => orm.em.fork(),
    findProducts: findInPostgres,
    // The lock ends with its transaction, and so even when the process is killed.
    migrate: () =>
      orm.em.fork().transactional(async (em) => {
        await em.execute("select pg_advisory_xact_lock(?)", [MIGRATION_LOCK]);
        await orm.migrator.up();
      }),
    ping: async () => void (await orm.em.fork().execute("select 1")),
    close: () => orm.close(),
  };
}
