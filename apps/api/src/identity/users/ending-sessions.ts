import type { SessionStore } from "../../platform/sessions/session-store.ts";

interface Whose {
  userId: string;
  /** Id of a session that continues; left out: all sessions end. */
  except?: string;
}

/**
 * Runs `work`, a change of a user's account, and ends all sessions of the user, pending ones included, both before and
 * after `work`. Sessions end before it, so that an unreachable session store throws SessionStoreUnavailable and nothing
 * changes. Sessions end after it, because a login that read the account before the change may have stored its session
 * during the change. A repeated call is safe.
 */
export async function endingSessions<Result>(
  { sessionStore }: { sessionStore: Pick<SessionStore, "endAllOf"> },
  { userId, except }: Whose,
  work: () => Promise<Result>,
): Promise<Result> {
  const others = except === undefined ? undefined : { except };
  await sessionStore.endAllOf(userId, others);
  const result = await work();
  await sessionStore.endAllOf(userId, others);
  return result;
}
