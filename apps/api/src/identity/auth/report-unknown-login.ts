import type { Limits } from "../../config/limits.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { type ClientInfo, recordActivity } from "../activity/record-activity.ts";
import { consumeToken, peekToken } from "../tokens/consume-token.ts";
import { issueToken } from "../tokens/issue-token.ts";
import { revokeKnownBrowsers } from "../users/known-browsers.ts";

interface Parts {
  em: EntityManager;
  clock: Clock;
  limits: Limits;
  sessionStore: SessionStore;
}

export type ReportOutcome = { kind: "denied"; resetToken: string } | { kind: "refused"; userId: string | null };

/**
 * “This wasn’t me”: ends all sessions, and lets the owner choose a new password (R79). Not only the one that the notice
 * was about: its browser was known from then on, and whoever used it could begin more of them there without a notice.
 */
export async function reportUnknownLogin(parts: Parts, token: string, origin: ClientInfo): Promise<ReportOutcome> {
  const { em, clock, sessionStore } = parts;
  const claim = { token, purposes: ["not_me"] } as const;
  const look = await peekToken(em.fork(), { clock }, claim);
  if (look.kind === "refused") return look;
  const { id: userId, email } = look.user;

  // Before and after, for the reasons given in `disableUser`.
  await sessionStore.endAllOf(userId);
  const outcome = await em.fork().transactional(async (transaction): Promise<ReportOutcome> => {
    const used = await consumeToken(transaction, { clock }, claim);
    if (used.kind === "refused") return used;
    await revokeKnownBrowsers(transaction, userId);
    const event = { kind: "authn_login_denied", userId } as const;
    await recordActivity({ em: transaction, clock }, origin, event);
    const resetToken = await issueToken(transaction, parts, { purpose: "recover_account", userId, email });
    return { kind: "denied", resetToken };
  });
  await sessionStore.endAllOf(userId);
  return outcome;
}
