import type { SecondFactor } from "@yumroad/contract";
import type { Request } from "express";
import type { SessionRecord } from "../../platform/sessions/session-record.ts";
import type { LockoutContext } from "../auth/report-lockout.ts";
import type { Miss } from "../auth/try-proof.ts";
import { recheckAccount } from "../sessions/begin-session.ts";
import { consumeProof } from "../sessions/consume-proof.ts";
import type { SessionContext } from "../sessions/session-context.ts";
import { syncUserToSessions } from "../sessions/sync-user-to-sessions.ts";
import { describeUser } from "../users/describe-user.ts";
import { type AccountForLogin, findAccountById } from "../users/queries.ts";
import { type ConsumeCodeContext, consumeCode, isRightCode } from "./consume-code.ts";
import { type CodeAttempt, tryCode } from "./try-code.ts";

export type CompleteLoginOutcome =
  | { kind: "logged_in"; session: SessionRecord; account: AccountForLogin; factor: SecondFactor }
  | Miss
  /** The account was disabled or deleted after the password was verified, or the session is not pending any more. */
  | { kind: "refused" };

/**
 * Completes a login with a code: checks the limits and the code, makes the pending session complete, and only then
 * consumes the code. Of several codes sent at once for one pending session, one is consumed. Throws `unauthenticated`
 * if the pending session ended during the request.
 */
export async function completeLogin(
  ctx: SessionContext & LockoutContext & ConsumeCodeContext,
  req: Request,
  attempt: CodeAttempt,
): Promise<CompleteLoginOutcome> {
  const { em, sessions } = ctx;
  const { userId } = attempt;
  const pending = sessions.pending(req);
  if (pending === null) return { kind: "refused" };
  const tried = await tryCode(ctx, attempt, async () => (await isRightCode(ctx, attempt)) || null);
  if (tried.kind !== "right") return tried;

  const account = await findAccountById(em, userId);
  if (!account || account.isDisabled) {
    await sessions.abandon(req);
    return { kind: "refused" };
  }
  const session = await sessions.complete(req, await describeUser(ctx, account.user));
  const now = await recheckAccount(ctx, req, userId);
  if (!now || now.isDisabled) {
    await sessions.abandon(req);
    return { kind: "refused" };
  }
  const factor = await consumeProof(ctx, req, pending, () => consumeCode(ctx, attempt));
  if (factor === null) return { kind: "wrong" };
  // If the user's data changed after the session was loaded, the change may not have been written to this session.
  const user = now.version === account.version ? null : await syncUserToSessions(ctx, userId);
  return { kind: "logged_in", session: { ...session, user: user ?? session.user }, account, factor };
}
