import type { User } from "@yumroad/contract";
import type { EntityManager } from "../../platform/db/database.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { syncUserToSessions } from "../sessions/sync-user-to-sessions.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import { lockUser } from "../users/lock-user.ts";

interface Parts {
  em: EntityManager;
  clock: Clock;
  sessionStore: SessionStore;
  accountExtension: AccountExtension;
}

/**
 * Changes what is said about a user, in the database and in each of their sessions: the next request sees it.
 * Throws SessionStoreUnavailable when the sessions can't be reached: then call it again, which does no harm.
 * Null: no such user.
 */
export async function changeProfile(
  { em, clock, sessionStore, accountExtension }: Parts,
  userId: string,
  change: { name: string },
): Promise<User | null> {
  await sessionStore.assertWritable();
  await em.transactional(async (transaction) => {
    const row = await lockUser(transaction, userId);
    if (row) transaction.assign(row, { ...change, updatedAt: new Date(clock.now()) });
  });
  return syncUserToSessions({ em, sessionStore, accountExtension }, userId);
}
