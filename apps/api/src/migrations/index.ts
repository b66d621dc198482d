import type { Migrations } from "../platform/db/schema.ts";
import { migrations as postgres } from "./postgres/index.ts";
import { migrations as sqlite } from "./sqlite/index.ts";

/** The same migrations for each database, in its dialect of SQL. */
export const migrations: Migrations = { sqlite, postgres };
