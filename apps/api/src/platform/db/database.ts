import type { SqlEntityManager } from "@mikro-orm/sql";
import { openPostgres } from "./postgres.ts";
import type { PlainRow } from "./read-rows.ts";
import type { Schema } from "./schema.ts";
import { openSqlite } from "./sqlite.ts";

/** A unit of work on either database. */
export type EntityManager = SqlEntityManager;

export interface Database {
  /** For queries that each database needs in its own SQL. The same SQL for both is the rule. */
  readonly kind: "sqlite" | "postgres";
  /** A new unit of work; fork once per request or job. */
  fork(): EntityManager;
  /**
   * Runs a query with `values` in place of the question marks, without the ORM: hydrating costs a catalogue read
   * several times what the database does. Sees committed data only. Columns called `at` or `…At` become Dates;
   * `readRows` does the same within a unit of work.
   */
  read<Row extends PlainRow<Row>>(sql: string, values: readonly (string | number)[]): Promise<Row[]>;
  /** Migrates the tables to the newest schema, then runs `afterwards`. Waits while another process does either. */
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
 * Opens Postgres at `databaseUrl`, or else the SQLite file in `folder`, which is created if missing. Call `migrate`
 * before the first use.
 */
export function openDatabase({ databaseUrl, folder, ...schema }: OpenDatabaseOptions): Promise<Database> {
  return databaseUrl === null ? openSqlite(folder, schema) : openPostgres(databaseUrl, schema);
}
