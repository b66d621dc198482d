import type { EntityManager } from "../../db/database.ts";
import type { SessionStore } from "../../sessions/session-store.ts";
import { UserEntity } from "./user.entity.ts";

interface Parts {
  em: EntityManager;
  sessionStore: SessionStore;
}

/**
 * Deletes a user with their store and products; every session of theirs is over at its next request.
 * Throws SessionStoreUnavailable, with nothing changed, when the sessions can't be reached. False: no such user.
 */
export async function deleteUser({ em, sessionStore }: Parts, userId: string): Promise<boolean> {
  const isThere = await em.transactional(async (transaction) => {
    // Store and products go with it: the database cascades.
    if ((await transaction.nativeDelete(UserEntity, { id: userId })) === 0) return false;
    await sessionStore.endAllOf(userId);
    return true;
  });
  if (isThere) await sessionStore.endAllOf(userId);
  return isThere;
}
