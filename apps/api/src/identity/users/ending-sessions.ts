import type { SessionStore } from "../../platform/sessions/session-store.ts";

interface Whose {
  userId: string;
  /** The id of a session that goes on. */
  except?: string;
}

/**
 * Ends all sessions of a user around a change to their account. Before it, so that nothing changes while the sessions
 * can't be reached: SessionStoreUnavailable. And after it, since a login that read the account before the change may
 * have stored its session meanwhile. Pending sessions end as well. To do it all again does no harm.
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
