/**
 * What databases say when they are out of reach or can't write, as opposed to when a query is wrong: Postgres'
 * classes 08 (connection), 53 (resources) and 57P (going down), 25006 (a copy that is only to be read), the system's own
 * words, and SQLite's.
 */
const OUT_OF_REACH =
  /^(?:08\w{3}|25006|53\w{3}|57P0\d|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|SQLITE_(?:FULL|IOERR|BUSY|READONLY|CANTOPEN)\w*)$/;
const OUT_OF_REACH_IN_WORDS = /^(?:Connection terminated|timeout exceeded when trying to connect|Query read timeout)/;

/** Whether an error means that the database could not do its work just now, and may soon. */
export function isDatabaseOutOfReach(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, cause, message } = error as Error & { code?: unknown };
  if (typeof code === "string" && OUT_OF_REACH.test(code)) return true;
  return OUT_OF_REACH_IN_WORDS.test(message) || (cause !== undefined && cause !== error && isDatabaseOutOfReach(cause));
}
