import type { SessionStore } from "../../platform/sessions/session-store.ts";

interface Whose {
  userId: string;
  /** The id of a session that continues. */
  except?: string;
}

/**
 * Ends all sessions of a user before and after a change to their account. Before, so that nothing changes while the
 * sessions can't be reached: SessionStoreUnavailable. After, since a login that read the account before the change may
 * have stored its session meanwhile. Pending sessions end as well. Repeating all of it is safe.
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
