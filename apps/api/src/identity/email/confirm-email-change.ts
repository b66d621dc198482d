import { UniqueConstraintViolationException } from "@mikro-orm/core";
import type { Request } from "express";
import type { Limits } from "../../config/limits.ts";
import { inTransaction } from "../../platform/http/context.ts";
import { Refusal } from "../../platform/http/problem.ts";
import { enqueueMail, type MailContext } from "../../platform/mail/enqueue-mail.ts";
import { emailChangedWords } from "../../words/account-mails.ts";
import { type ActivityContext, recordActivity } from "../activity/record-activity.ts";
import { rotateSession } from "../sessions/rotate-session.ts";
import type { SessionContext } from "../sessions/session-context.ts";
import { consumeToken, peekToken, type TokenClaim } from "../tokens/consume-token.ts";
import { issueToken } from "../tokens/issue-token.ts";
import { revokeTokens } from "../tokens/revoke-tokens.ts";
import { endingSessions } from "../users/ending-sessions.ts";
import { findAccountById } from "../users/queries.ts";
import { emailKeyOf } from "../users/user.entity.ts";
import { isEmailTaken } from "./queries.ts";

type ConfirmContext = MailContext & ActivityContext & SessionContext & { limits: Limits };

export type ConfirmationOutcome =
  | { kind: "changed"; email: string }
  | { kind: "email_taken" }
  | { kind: "refused"; userId: string | null };

/** Purposes of the links mailed to the former address. The change ends these links. */
const MAILED_THERE = ["reset_password", "recover_account", "verify_email", "not_me", "unlock"] as const;

/**
 * Changes the address of an account by the link that was mailed to the new address (R64). All sessions end; if the
 * browser that uses the link is logged in to this account, it continues in a new session. If the former address was
 * verified, it gets a link that undoes the change.
 */
export async function confirmEmailChange(
  ctx: ConfirmContext,
  req: Request,
  token: string,
): Promise<ConfirmationOutcome> {
  const { sessions } = ctx;
  const claim = { token, purposes: ["change_email"] } as const;
  const look = await peekToken(ctx, claim);
  if (look.kind === "refused") return look;
  const { id: userId } = look.user;
  const email = look.token.email ?? "";
  if (await isEmailTaken(ctx, email, { askedBy: userId })) return { kind: "email_taken" };

  const isTheirs = sessions.current(req)?.user.id === userId;
  const goesOn = isTheirs ? { except: sessions.idOf(req) } : {};
  const outcome = await endingSessions(ctx, { userId, ...goesOn }, () => change(ctx, claim));
  if (outcome.kind === "changed" && isTheirs) await rotate(ctx, req, userId);
  return outcome;
}

/** Rotates the session (R4); the new session holds the new address. */
async function rotate(ctx: ConfirmContext, req: Request, userId: string): Promise<void> {
  const account = await findAccountById(ctx.em.fork(), userId);
  if (account === null) return;
  await rotateSession(ctx, req, { user: account.user, isProven: false }).catch((error: unknown) => {
    // Another request has ended the session. The change of email is complete in spite of that.
    if (!(error instanceof Refusal)) throw error;
  });
}

async function change(ctx: ConfirmContext, claim: TokenClaim): Promise<ConfirmationOutcome> {
  try {
    return await inTransaction(ctx, (ctx) => changeInTransaction(ctx, claim));
  } catch (error) {
    // A concurrent request took the address. The rollback leaves the link valid.
    if (error instanceof UniqueConstraintViolationException) return { kind: "email_taken" };
    throw error;
  }
}

async function changeInTransaction(ctx: ConfirmContext, claim: TokenClaim): Promise<ConfirmationOutcome> {
  const { em, clock } = ctx;
  const consumed = await consumeToken(ctx, claim);
  if (consumed.kind === "refused") return consumed;
  const { user } = consumed;
  const { id: userId, email: former, emailVerifiedAt: formerVerifiedAt } = user;
  const email = consumed.token.email ?? "";
  const now = new Date(clock.now());
  em.assign(user, { email, emailKey: emailKeyOf(email), emailVerifiedAt: now, updatedAt: now });
  await em.flush();
  await revokeTokens(ctx, { userId, purposes: MAILED_THERE });
  await recordActivity(ctx, { kind: "authn_email_changed", userId });
  // A former address that was never verified gets no link to undo the change. Its reader may be a stranger, and the
  // link would give the stranger the account with everything that was set up in it.
  if (!formerVerifiedAt) return { kind: "changed", email };
  const token = await issueToken(ctx, { purpose: "undo_email_change", userId, email: former });
  const words = emailChangedWords({ linkMs: ctx.limits.undoEmailChange });
  await enqueueMail(ctx, {
    kind: "email_changed",
    to: former,
    ...words,
    button: { label: words.buttonLabel, path: `/undo-email-change#token=${token}` },
  });
  return { kind: "changed", email };
}
