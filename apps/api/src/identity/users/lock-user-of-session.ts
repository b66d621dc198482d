import type { EntityManager } from "../../platform/db/database.ts";
import { lockUser } from "./lock-user.ts";
import type { UserRow } from "./user.entity.ts";

/** A logged-in user, and the time at which their session began, in milliseconds since 1970. */
export interface SessionUser {
  id: string;
  loggedInAt: number;
}

/**
 * Locks the row of a session's user, for a write that must not outlive the session. A request for deletion is stored
 * before it ends the account's sessions: a session that began before it is as good as ended. Null: there is no such user,
 * they are disabled, or have asked for deletion since the session began.
 */
export async function lockUserOfSession(
  { em }: { em: EntityManager },
  { id, loggedInAt }: SessionUser,
): Promise<UserRow | null> {
  const user = await lockUser(em, id);
  if (!user || user.disabledAt) return null;
  const isOutlived = user.deletionAskedAt && loggedInAt < user.deletionAskedAt.getTime();
  return isOutlived ? null : user;
}
