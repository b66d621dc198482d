import { ForeignKeyConstraintViolationException } from "@mikro-orm/core";

/**
 * Codes of errors which mean that the database can't be reached or can't write, rather than that a query is wrong:
 * Postgres classes 08 (connection), 28 (authorisation), 53 (resources) and 57P (shutdown), 25006 (read-only replica),
 * codes of the operating system, and codes of SQLite. A missing database (3D000) or table (42P01) counts too: every
 * process migrates when it starts, so the database server has lost its data since then and may get it back.
 */
const OUT_OF_REACH =
  /^(?:08\w{3}|25006|28\w{3}|3D000|42P01|53\w{3}|57P0\d|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|SQLITE_(?:FULL|IOERR|BUSY|READONLY|CANTOPEN)\w*)$/;
const OUT_OF_REACH_IN_WORDS = /^(?:Connection terminated|timeout exceeded when trying to connect|Query read timeout)/;

/** True for an error which means that the database can't work now but may work again soon. */
export function isDatabaseOutOfReach(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, cause, message } = error as Error & { code?: unknown };
  if (typeof code === "string" && OUT_OF_REACH.test(code)) return true;
  return OUT_OF_REACH_IN_WORDS.test(message) || (cause !== undefined && cause !== error && isDatabaseOutOfReach(cause));
}

/** True when a foreign key refused a row: the account to which the row refers was deleted during the request. */
export function isAccountGone(error: unknown): boolean {
  return error instanceof ForeignKeyConstraintViolationException;
}
