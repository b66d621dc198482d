import type { SessionRecord } from "../../platform/sessions/session-record.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";

/** True while a session exists, even if it has moved to a new id. */
export async function isStillLoggedIn(
  sessionStore: SessionStore,
  { user, loggedInAt }: Pick<SessionRecord, "user" | "loggedInAt">,
): Promise<boolean> {
  const sessions = await sessionStore.listOf(user.id);
  return sessions.some(({ record }) => !record.isPending && record.loggedInAt === loggedInAt);
}
