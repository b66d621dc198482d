import { UniqueConstraintViolationException } from "@mikro-orm/core";
import type { Limits } from "../../config/limits.ts";
import { inTransaction } from "../../platform/http/context.ts";
import { enqueueMail, type MailContext } from "../../platform/mail/enqueue-mail.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { emailChangeUndoneWords } from "../../words/account-mails.ts";
import { type ActivityContext, recordActivity } from "../activity/record-activity.ts";
import { consumeToken, peekToken, type TokenClaim } from "../tokens/consume-token.ts";
import { issueToken } from "../tokens/issue-token.ts";
import { MailedTokenEntity } from "../tokens/mailed-token.entity.ts";
import { revokeTokens } from "../tokens/revoke-tokens.ts";
import { endingSessions } from "../users/ending-sessions.ts";
import { revokeKnownBrowsers } from "../users/known-browsers.ts";
import { emailKeyOf } from "../users/user.entity.ts";

type UndoContext = MailContext & ActivityContext & { limits: Limits; sessionStore: SessionStore };

/** Purposes of links that give access to the account. The undo ends them, since an intruder may have received them. */
const LED_IN = ["reset_password", "recover_account", "verify_email", "change_email", "not_me", "unlock"] as const;

export type UndoOutcome = { kind: "undone"; email: string } | { kind: "refused"; userId: string | null };

/**
 * Restores an account's former address by the link that was mailed to that address. Ends all sessions, the links in
 * `LED_IN` and the links that undo later changes. Mails a link to choose a new password, because the person who changed
 * the address may know the current password.
 */
export async function undoEmailChange(ctx: UndoContext, token: string): Promise<UndoOutcome> {
  const claim = { token, purposes: ["undo_email_change"] } as const;
  const look = await peekToken(ctx, claim);
  if (look.kind === "refused") return look;
  return endingSessions(ctx, { userId: look.user.id }, () => undo(ctx, claim));
}

async function undo(ctx: UndoContext, claim: TokenClaim): Promise<UndoOutcome> {
  try {
    return await inTransaction(ctx, (ctx) => undoInTransaction(ctx, claim));
  } catch (error) {
    // The address is reserved for its owner while the link is valid (`isEmailTaken`). Another account can have taken
    // the address only if the clock of another process is fast. In that case the link counts as expired.
    if (error instanceof UniqueConstraintViolationException) return { kind: "refused", userId: null };
    throw error;
  }
}

async function undoInTransaction(ctx: UndoContext, claim: TokenClaim): Promise<UndoOutcome> {
  const { em, clock } = ctx;
  const consumed = await consumeToken(ctx, claim);
  if (consumed.kind === "refused") return consumed;
  const { user, token } = consumed;
  const { id: userId } = user;
  const email = token.email ?? "";
  const now = new Date(clock.now());
  em.assign(user, { email, emailKey: emailKeyOf(email), emailVerifiedAt: now, updatedAt: now });
  await em.flush();
  await revokeKnownBrowsers(em, userId);
  await revokeTokens(ctx, { userId, purposes: LED_IN });
  // Links that undo older changes stay valid, because the address restored here may be the intruder's, and an older
  // address may be the owner's.
  const newer = { user: userId, purpose: "undo_email_change", endedAt: null, id: { $gt: token.id } } as const;
  await em.nativeUpdate(MailedTokenEntity, newer, { endedAt: now });
  await recordActivity(ctx, { kind: "authn_email_change_undone", userId });
  const reset = await issueToken(ctx, { purpose: "recover_account", userId, email });
  const words = emailChangeUndoneWords({ linkMs: ctx.limits.mailedToken });
  await enqueueMail(ctx, {
    kind: "email_change_undone",
    to: email,
    ...words,
    button: { label: words.buttonLabel, path: `/reset-password#token=${reset}` },
  });
  return { kind: "undone", email };
}
