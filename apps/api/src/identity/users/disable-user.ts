import type { EntityManager } from "../../platform/db/database.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { revokeKnownBrowsers } from "./known-browsers.ts";
import { lockUser } from "./lock-user.ts";

interface Parts {
  em: EntityManager;
  clock: Clock;
  sessionStore: SessionStore;
}

/**
 * Shuts a user out: no log-in any more, and every session of theirs is over at its next request.
 * Throws SessionStoreUnavailable when the sessions can't be reached: then call it again, which does no harm.
 * False: no such user.
 */
export async function disableUser({ em, clock, sessionStore }: Parts, userId: string): Promise<boolean> {
  // Before the change: when the sessions can't be reached, nothing changes.
  await sessionStore.endAllOf(userId);
  const isThere = await em.transactional(async (transaction) => {
    const row = await lockUser(transaction, userId);
    if (!row) return false;
    const now = new Date(clock.now());
    transaction.assign(row, { disabledAt: now, updatedAt: now });
    await revokeKnownBrowsers(transaction, userId);
    return true;
  });
  // After it: a log-in that read the account before the change may have stored its session meanwhile.
  await sessionStore.endAllOf(userId);
  return isThere;
}
