import type { EntityManager } from "../../db/database.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Limits } from "../../limits.ts";
import type { SessionStore } from "../../sessions/session-store.ts";
import { revokeKnownBrowsers } from "../accounts/known-browsers.ts";
import { type Origin, recordActivity } from "../activity/record-activity.ts";
import { issueToken } from "./issue-token.ts";
import { lookAtToken, useToken } from "./use-token.ts";

interface Parts {
  em: EntityManager;
  clock: Clock;
  limits: Limits;
  sessionStore: SessionStore;
}

export type DenialOutcome = { kind: "denied"; resetToken: string } | { kind: "refused"; userId: string | null };

/** “This wasn’t me”: ends the session that the notice was about, and lets the owner choose a new password (R79). */
export async function denyLogin(parts: Parts, token: string, origin: Origin): Promise<DenialOutcome> {
  const { em, clock, sessionStore } = parts;
  const claim = { token, purposes: ["not_me"] } as const;
  const look = await lookAtToken(em.fork(), { clock }, claim);
  if (look.kind === "refused") return look;
  const { id: userId, email } = look.user;
  const { loggedInAt } = look.token;

  // Before and after, for the reasons given in `disableUser`.
  await endSessionsBegunAt(sessionStore, userId, loggedInAt);
  const outcome = await em.fork().transactional(async (transaction): Promise<DenialOutcome> => {
    const used = await useToken(transaction, { clock }, claim);
    if (used.kind === "refused") return used;
    await revokeKnownBrowsers(transaction, userId);
    const event = { kind: "authn_login_denied", userId } as const;
    await recordActivity({ em: transaction, clock }, origin, event);
    const resetToken = await issueToken(transaction, parts, { purpose: "reset_password", userId, email });
    return { kind: "denied", resetToken };
  });
  await endSessionsBegunAt(sessionStore, userId, loggedInAt);
  return outcome;
}

/** By when it began: its id may be another one since, and that would be no business of a mail. */
async function endSessionsBegunAt(
  sessionStore: SessionStore,
  userId: string,
  loggedInAt: number | null | undefined,
): Promise<void> {
  const sessions = await sessionStore.listOf(userId);
  const meant = sessions.filter(({ record }) => record.loggedInAt === loggedInAt);
  await Promise.all(meant.map(({ id }) => sessionStore.end(id)));
}
