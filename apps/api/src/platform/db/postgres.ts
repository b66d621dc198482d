import { Migrator } from "@mikro-orm/migrations";
import { defineConfig, MikroORM } from "@mikro-orm/postgresql";
import type { Database } from "./database.ts";
import { type PlainRow, withDates } from "./read-rows.ts";
import type { Schema } from "./schema.ts";

/** Key of the advisory lock for migrations: an arbitrary number, equal in all processes of this program. */
const MIGRATION_LOCK = 8_671_204;
const CONNECT_PATIENCE_MS = 2000;
const QUERY_PATIENCE_MS = 5000;
const NO_LIMIT = 0;

/** MikroORM's settings for a Postgres database. */
export function postgresConfig(
  url: string,
  { entities, unmappedTables, migrations, queryPatienceMs = QUERY_PATIENCE_MS }: Schema & { queryPatienceMs?: number },
) {
  return defineConfig({
    clientUrl: url,
    entities,
    extensions: [Migrator],
    logger: () => {},
    migrations: { migrationsList: migrations.postgres, tableName: "migrations", snapshot: false, allOrNothing: true },
    schemaGenerator: { skipTables: unmappedTables, ignoreTriggers: true },
    pool: { min: 0, max: 10 },
    driverOptions: { connectionTimeoutMillis: CONNECT_PATIENCE_MS, query_timeout: queryPatienceMs, keepAlive: true },
  });
}

export async function openPostgres(url: string, schema: Schema): Promise<Database> {
  const orm = await MikroORM.init(postgresConfig(url, schema));
  const pool = await orm.em.getConnection().getNativeClient();
  return {
    kind: "postgres",
    fork: () => orm.em.fork(),
    async read<Row extends PlainRow<Row>>(sql: string, values: readonly (string | number | Date)[]) {
      let place = 0;
      const { rows } = await pool.query(
        sql.replace(/\?/g, () => `$${++place}`),
        [...values],
      );
      return withDates<Row>(rows);
    },
    migrate: (afterwards) => migrate(postgresConfig(url, { ...schema, queryPatienceMs: NO_LIMIT }), afterwards),
    // Reads a table instead of `select 1`, which a server that has lost its data would still answer.
    ping: async () => void (await orm.em.fork().execute("select 1 from settings limit 1")),
    close: () => orm.close(),
  };
}

/**
 * Migrates over separate connections without a query timeout: a migration may wait for another process, or change many
 * rows.
 */
async function migrate(config: ReturnType<typeof postgresConfig>, afterwards?: () => Promise<void>): Promise<void> {
  const orm = await MikroORM.init(config);
  try {
    // Postgres releases this lock at the end of the transaction, even if the process is killed.
    await orm.em.fork().transactional(async (em) => {
      await em.execute("select pg_advisory_xact_lock(?)", [MIGRATION_LOCK]);
      await orm.migrator.up();
      await afterwards?.();
    });
  } finally {
    await orm.close();
  }
}
