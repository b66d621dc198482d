import type { Limits } from "../../config/limits.ts";
import type { EntityManager } from "../../platform/db/database.ts";

/**
 * An account numbers its known browsers. `made`: the last number used; `revoked`: the highest revoked number; all
 * numbers up to it are revoked.
 */
export interface BrowserCounts {
  made: number;
  revoked: number;
}

/**
 * True if the account still knows the browser with this number: the number is among the last `knownBrowsersPerAccount`
 * ones and is not revoked.
 */
export function isStillKnown(
  number: number,
  { made, revoked }: BrowserCounts,
  { knownBrowsersPerAccount }: Pick<Limits, "knownBrowsersPerAccount">,
): boolean {
  return number > revoked && number > made - knownBrowsersPerAccount && number <= made;
}

/**
 * Makes a browser known to an account and returns the browser's number. `revoked`: the number read when the login
 * verified its owner. Null: all known browsers were revoked after that, so this browser stays unknown.
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
 * Revokes all known browsers of an account and all tries granted by mailed links, as soon as the transaction of `em`
 * commits. Belongs in the transaction that gives an account back to its owner (R56). Returns the new `revoked`; it
 * grows with each call, so that tries granted since the previous call end as well.
 */
export async function revokeKnownBrowsers(em: EntityManager, userId: string): Promise<Pick<BrowserCounts, "revoked">> {
  const sql = `update users set known_browsers = known_browsers + 1, known_browsers_from = known_browsers + 1
    where id = ? returning known_browsers_from as "revoked"`;
  const [row] = await em.execute<{ revoked: number }[]>(sql, [userId]);
  return { revoked: row?.revoked ?? 0 };
}

/**
 * Revokes an account's known browsers when its owner makes a change in one of them. `number` is that browser's number,
 * null if it has none. If the account still knew that browser, it gets a new number and stays known: an unknown browser
 * shares limits that strangers can use up. Returns the new number; null: the browser is not known. The caller has
 * locked the user's row, so that the second of two concurrent changes sees the result of the first.
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
