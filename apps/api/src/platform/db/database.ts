import type { SqlEntityManager } from "@mikro-orm/sql";
import { openPostgres } from "./postgres.ts";
import type { PlainRow } from "./read-rows.ts";
import type { Schema } from "./schema.ts";
import { openSqlite } from "./sqlite.ts";

/** A unit of work on either database. */
export type EntityManager = SqlEntityManager;

export interface Database {
  /** For a query that each database has to be asked in its own words. The same SQL for both is the rule. */
  readonly kind: "sqlite" | "postgres";
  /** A unit of work of one's own; make one for each request or job. */
  fork(): EntityManager;
  /**
   * Runs a query of which `values` take the question marks, past the ORM: it costs a catalogue read several times what
   * the database does. Sees what is committed and nothing else. Columns called `at` or `…At` are Dates; `readRows` does
   * the same within a unit of work.
   */
  read<Row extends PlainRow<Row>>(sql: string, values: readonly (string | number)[]): Promise<Row[]>;
  /**
   * Brings the tables to the newest form, then does what else has to be done once before the first use. Waits while
   * another process is at either.
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
 * Opens Postgres at `databaseUrl`, or without one the SQLite file in `folder`, which is made if it is not there.
 * Call `migrate` before the first use.
 */
export function openDatabase({ databaseUrl, folder, ...schema }: OpenDatabaseOptions): Promise<Database> {
  return databaseUrl === null ? openSqlite(folder, schema) : openPostgres(databaseUrl, schema);
}
