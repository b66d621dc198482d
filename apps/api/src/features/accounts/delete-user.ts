import type { EntityManager } from "../../db/database.ts";
import type { SessionStore } from "../../sessions/session-store.ts";
import { UserEntity } from "./user.entity.ts";

interface Parts {
  em: EntityManager;
  sessionStore: SessionStore;
}

/**
 * Deletes a user with their store and products; every session of theirs is over at its next request.
 * Throws SessionStoreUnavailable when the sessions can't be reached: then call it again, which does no harm.
 * False: no such user.
 */
export async function deleteUser({ em, sessionStore }: Parts, userId: string): Promise<boolean> {
  // Before and after, for the reasons given in `disableUser`.
  await sessionStore.endAllOf(userId);
  // Store and products go with it: the database cascades.
  const deleted = await em.nativeDelete(UserEntity, { id: userId });
  await sessionStore.endAllOf(userId);
  return deleted > 0;
}
