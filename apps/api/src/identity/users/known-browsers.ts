import type { Limits } from "../../config/limits.ts";
import type { EntityManager } from "../../platform/db/database.ts";

/** Number of browsers ever made known to an account, and the number up to which they are revoked. */
export interface BrowserCounts {
  made: number;
  revoked: number;
}

/** True for a browser's number that the account still knows: among the last few, and not revoked. */
export function isStillKnown(
  number: number,
  { made, revoked }: BrowserCounts,
  { knownBrowsersPerAccount }: Pick<Limits, "knownBrowsersPerAccount">,
): boolean {
  return number > revoked && number > made - knownBrowsersPerAccount && number <= made;
}

/**
 * Makes a browser known to an account and returns its number. Null: all browsers were revoked since the person was
 * verified, which includes this one.
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
 * Revokes all known browsers of an account and all tries by mailed links, from the commit on: in the transaction that
 * gives an account back to its owner (R56). Returns the new number of revoked browsers, which grows each time, so that
 * it also ends tries that were granted since the last time.
 */
export async function revokeKnownBrowsers(em: EntityManager, userId: string): Promise<Pick<BrowserCounts, "revoked">> {
  const sql = `update users set known_browsers = known_browsers + 1, known_browsers_from = known_browsers + 1
    where id = ? returning known_browsers_from as "revoked"`;
  const [row] = await em.execute<{ revoked: number }[]>(sql, [userId]);
  return { revoked: row?.revoked ?? 0 };
}

/**
 * The same for a change that the owner makes in the browser with this `number`: if the account knew it, it gets another
 * number, or strangers could lock the owner out there. Null: it was not known, and is not now. The transaction has to
 * hold the lock on the user's row, so that the second of two changes sees the first.
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
