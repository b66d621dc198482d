import { ForeignKeyConstraintViolationException } from "@mikro-orm/core";

/**
 * Codes that databases give when they are out of reach or can't write, as opposed to when a query is wrong: Postgres'
 * classes 08 (connection), 28 (who may connect), 53 (resources) and 57P (going down), 25006 (a copy that is only to be
 * read), the system's own words, and SQLite's. A database (3D000) or a table (42P01) that is not there was there when the
 * process started, since it has migrated it: a server that came back without its data, and may get it back.
 */
const OUT_OF_REACH =
  /^(?:08\w{3}|25006|28\w{3}|3D000|42P01|53\w{3}|57P0\d|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|SQLITE_(?:FULL|IOERR|BUSY|READONLY|CANTOPEN)\w*)$/;
const OUT_OF_REACH_IN_WORDS = /^(?:Connection terminated|timeout exceeded when trying to connect|Query read timeout)/;

/** True when an error means that the database could not do its work just now, and may soon. */
export function isDatabaseOutOfReach(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, cause, message } = error as Error & { code?: unknown };
  if (typeof code === "string" && OUT_OF_REACH.test(code)) return true;
  return OUT_OF_REACH_IN_WORDS.test(message) || (cause !== undefined && cause !== error && isDatabaseOutOfReach(cause));
}

/** True when a row was refused because its account, which the foreign key names, was deleted meanwhile. */
export function isAccountGone(error: unknown): boolean {
  return error instanceof ForeignKeyConstraintViolationException;
}
