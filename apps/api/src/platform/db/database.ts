import type { SqlEntityManager } from "@mikro-orm/sql";
import type { ProductHits, ProductSearch } from "../../catalog/products/product-search.ts";
import { openPostgres } from "./postgres.ts";
import type { Schema } from "./schema.ts";
import { openSqlite } from "./sqlite.ts";

/** What features work with: they never learn which database it is. */
export type EntityManager = SqlEntityManager;

export interface Database {
  /** A unit of work of one's own; make one for each request or job. */
  fork(): EntityManager;
  /**
   * Runs a query of which `values` take the question marks, past the ORM: it costs a catalogue read several times what
   * the database does. Sees what is committed and nothing else.
   */
  read<Row>(sql: string, values: readonly (string | number)[]): Promise<Row[]>;
  /** How this database finds published products by words. */
  findProducts(search: ProductSearch): ProductHits[];
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
