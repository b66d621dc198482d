import type { Limits } from "../../config/limits.ts";
import type { EntityManager } from "../../platform/db/database.ts";

/** How many browsers were ever made known to an account, and up to which of them nobody is known any more. */
export interface BrowserCounts {
  made: number;
  revoked: number;
}

/** Whether the browser that was the `number`th is one of those that an account still knows: the last few, none revoked. */
export function isStillKnown(
  number: number,
  { made, revoked }: BrowserCounts,
  { knownBrowsersPerAccount }: Pick<Limits, "knownBrowsersPerAccount">,
): boolean {
  return number > revoked && number > made - knownBrowsersPerAccount && number <= made;
}

/**
 * Makes a browser known to an account, and gives its number. Null: since somebody has proven who they are, all of them
 * were revoked, and so would this one have been.
 */
export async function makeBrowserKnown(
  em: EntityManager,
  userId: string,
  { revoked }: Pick<BrowserCounts, "revoked">,
): Promise<number | null> {
  const sql = `update users set known_browsers = known_browsers + 1
    where id = ? and known_browsers_from = ? returning known_browsers as "number"`;
  const [row] = await em.execute<{ number: number }[]>(sql, [userId, revoked]);
  return row?.number ?? null;
}

/**
 * From the commit on an account knows no browser that it knew before, and no link that was mailed allows tries in one:
 * in the transaction of what takes an account back (R56). Each time another number, which it gives, so that it ends what
 * was allowed since the last time.
 */
export async function revokeKnownBrowsers(em: EntityManager, userId: string): Promise<Pick<BrowserCounts, "revoked">> {
  const sql = `update users set known_browsers = known_browsers + 1, known_browsers_from = known_browsers + 1
    where id = ? returning known_browsers_from as "revoked"`;
  const [row] = await em.execute<{ revoked: number }[]>(sql, [userId]);
  return { revoked: row?.revoked ?? 0 };
}

/**
 * The same for a change that its owner makes in the browser that has the `number`: one that the account knew until now
 * gets another number, or strangers could keep them out of where they are. Null: it did not know it, and does not now.
 * The transaction has to hold the user's row, so that of two changes at once the second finds what the first has left.
 */
export async function revokeOtherBrowsers(
  em: EntityManager,
  userId: string,
  number: number | null,
  limits: Pick<Limits, "knownBrowsersPerAccount">,
): Promise<number | null> {
  const sql = `select known_browsers as "made", known_browsers_from as "revoked" from users where id = ?`;
  const [before] = await em.execute<BrowserCounts[]>(sql, [userId]);
  const wasKnown = number !== null && before !== undefined && isStillKnown(number, before, limits);
  const now = await revokeKnownBrowsers(em, userId);
  return wasKnown ? makeBrowserKnown(em, userId, now) : null;
}
