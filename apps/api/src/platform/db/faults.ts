import { ForeignKeyConstraintViolationException } from "@mikro-orm/core";

/**
 * Codes of databases that are out of reach or can't write, as opposed to errors of a query: Postgres' classes 08
 * (connection), 28 (authorisation), 53 (resources) and 57P (shutdown), 25006 (read-only replica), error codes of the
 * system, and SQLite's. A missing database (3D000) or table (42P01) counts as well: the process has migrated it at its
 * start, so the server came back without its data, and may get it back.
 */
const OUT_OF_REACH =
  /^(?:08\w{3}|25006|28\w{3}|3D000|42P01|53\w{3}|57P0\d|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|SQLITE_(?:FULL|IOERR|BUSY|READONLY|CANTOPEN)\w*)$/;
const OUT_OF_REACH_IN_WORDS = /^(?:Connection terminated|timeout exceeded when trying to connect|Query read timeout)/;

/** True for an error that means that the database can't work just now, and may soon. */
export function isDatabaseOutOfReach(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, cause, message } = error as Error & { code?: unknown };
  if (typeof code === "string" && OUT_OF_REACH.test(code)) return true;
  return OUT_OF_REACH_IN_WORDS.test(message) || (cause !== undefined && cause !== error && isDatabaseOutOfReach(cause));
}

/** True for a row that was refused because the account in its foreign key was deleted meanwhile. */
export function isAccountGone(error: unknown): boolean {
  return error instanceof ForeignKeyConstraintViolationException;
}
