import type { Limits } from "../../config/limits.ts";
import { inTransaction } from "../../platform/http/context.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { type ActivityContext, recordActivity } from "../activity/record-activity.ts";
import { consumeToken, peekToken } from "../tokens/consume-token.ts";
import { issueToken } from "../tokens/issue-token.ts";
import { endingSessions } from "../users/ending-sessions.ts";
import { revokeKnownBrowsers } from "../users/known-browsers.ts";

type ReportContext = ActivityContext & { limits: Limits; sessionStore: SessionStore };

export type ReportOutcome = { kind: "denied"; resetToken: string } | { kind: "refused"; userId: string | null };

/**
 * Handles “This wasn’t me”: ends all sessions, and returns a token by which the owner chooses a new password (R79). All
 * sessions end, not only the reported one: the reported login made its browser known, and a known browser can begin
 * further sessions without a notice to the owner.
 */
export async function reportUnknownLogin(ctx: ReportContext, token: string): Promise<ReportOutcome> {
  const claim = { token, purposes: ["not_me"] } as const;
  const look = await peekToken(ctx, claim);
  if (look.kind === "refused") return look;
  const { id: userId, email } = look.user;
  return endingSessions(ctx, { userId }, () =>
    inTransaction(ctx, async (ctx): Promise<ReportOutcome> => {
      const consumed = await consumeToken(ctx, claim);
      if (consumed.kind === "refused") return consumed;
      await revokeKnownBrowsers(ctx.em, userId);
      await recordActivity(ctx, { kind: "authn_login_denied", userId });
      return { kind: "denied", resetToken: await issueToken(ctx, { purpose: "recover_account", userId, email }) };
    }),
  );
}
