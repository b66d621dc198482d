import type { SqlEntityManager } from "@mikro-orm/sql";
import { openPostgres } from "./postgres.ts";
import type { PlainRow } from "./read-rows.ts";
import type { Schema } from "./schema.ts";
import { openSqlite } from "./sqlite.ts";

/** MikroORM's unit of work (an entity manager), on SQLite or Postgres. */
export type EntityManager = SqlEntityManager;

export interface Database {
  /** Tells which database this is, for the few queries whose SQL differs between the two. */
  readonly kind: "sqlite" | "postgres";
  /** Returns a new unit of work. Call once per request or job. */
  fork(): EntityManager;
  /**
   * Runs a query without the ORM, with `values` in place of its question marks, and sees committed data only. Hydrating
   * entities would make a read of the catalogue several times as expensive. Columns called `at` or `…At` become Dates.
   * Within a unit of work use `readRows` instead.
   */
  read<Row extends PlainRow<Row>>(sql: string, values: readonly (string | number | Date)[]): Promise<Row[]>;
  /**
   * Migrates the tables to the newest schema, then runs `afterwards`. Waits while another process is migrating or
   * running its own `afterwards`.
   */
  migrate(afterwards?: () => Promise<void>): Promise<void>;
  /** Throws when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

interface OpenDatabaseOptions extends Schema {
  databaseUrl: string | null;
  folder: string;
}

/**
 * Opens the Postgres database at `databaseUrl`. If `databaseUrl` is null, opens the SQLite file in `folder` and creates
 * the folder if it is missing. Call `migrate` before the first use.
 */
export function openDatabase({ databaseUrl, folder, ...schema }: OpenDatabaseOptions): Promise<Database> {
  return databaseUrl === null ? openSqlite(folder, schema) : openPostgres(databaseUrl, schema);
}
