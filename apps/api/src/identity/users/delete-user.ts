import type { EntityManager } from "../../platform/db/database.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import type { AccountExtension } from "./account-extension.ts";
import { UserEntity } from "./user.entity.ts";

interface Parts {
  em: EntityManager;
  sessionStore: SessionStore;
  accountExtension: AccountExtension;
}

interface Terms {
  /** Only if its owner has asked for the account to be gone by then. */
  dueBy?: Date;
  /** What is written together with it, or not at all. */
  inTransaction?: (em: EntityManager) => Promise<void>;
}

/**
 * Deletes a user with their store and products; every session of theirs is over at its next request.
 * Throws SessionStoreUnavailable when the sessions can't be reached: then call it again, which does no harm.
 * False: no such user, or not on these terms.
 */
export async function deleteUser(
  { em, sessionStore, accountExtension }: Parts,
  userId: string,
  { dueBy, inTransaction }: Terms = {},
): Promise<boolean> {
  // Before and after, for the reasons given in `disableUser`.
  await sessionStore.endAllOf(userId);
  const isDeleted = await em.transactional(async (transaction) => {
    const which = { id: userId, ...(dueBy && { deletionAt: { $lte: dueBy } }) };
    // What refers to the user goes with it: the database cascades.
    const deleted = await transaction.nativeDelete(UserEntity, which);
    if (deleted === 0) return false;
    await accountExtension.deleted(transaction, userId);
    await inTransaction?.(transaction);
    return true;
  });
  await sessionStore.endAllOf(userId);
  return isDeleted;
}
