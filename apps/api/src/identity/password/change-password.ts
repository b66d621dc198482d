import type { PasswordChange, User } from "@yumroad/contract";
import type { Request } from "express";
import type { Limits } from "../../config/limits.ts";
import { inTransaction } from "../../platform/http/context.ts";
import type { MailContext } from "../../platform/mail/enqueue-mail.ts";
import type { SessionRecord } from "../../platform/sessions/session-record.ts";
import { recordActivity } from "../activity/record-activity.ts";
import { type AttemptClient, numberOf } from "../auth/login-limits.ts";
import { type ProofOutcome, type VerifyContext, verifyPassword } from "../auth/verify-password.ts";
import { rotateSession } from "../sessions/rotate-session.ts";
import type { SessionContext } from "../sessions/session-context.ts";
import { revokeTokens } from "../tokens/revoke-tokens.ts";
import { findConfirmedTotp } from "../two-factor/queries.ts";
import { endingSessions } from "../users/ending-sessions.ts";
import { revokeOtherBrowsers } from "../users/known-browsers.ts";
import { lockUser } from "../users/lock-user.ts";
import { passwordWeakness } from "../users/password-weakness.ts";
import { notifyPasswordChange } from "./notify-password-change.ts";

type ChangeContext = VerifyContext & SessionContext & MailContext & { limits: Limits };

interface ChangeInput extends PasswordChange {
  user: User;
  from: AttemptClient;
}

export type PasswordChangeOutcome =
  /** `number`: the account's new number for this browser; null: the account did not know this browser. */
  | { kind: "changed"; session: SessionRecord; number: number | null }
  | { kind: "weak_password"; reason: string }
  | Exclude<ProofOutcome, { kind: "proven" }>;

/**
 * Changes the password of a logged-in user who gives the current one (R53). This browser continues in a new session.
 * All other sessions end, and so do the unused links for a password reset or a change of address.
 */
export async function changePassword(
  ctx: ChangeContext,
  req: Request,
  { user, currentPassword, password, from }: ChangeInput,
): Promise<PasswordChangeOutcome> {
  const reason = await passwordWeakness(password, user);
  if (reason !== null) return { kind: "weak_password", reason };
  const proof = await verifyPassword(ctx, { user, password: currentPassword, from });
  if (proof.kind !== "proven") return proof;
  const passwordHash = await ctx.hasher.hash(password);

  // Rotates the session before anything changes: of concurrent changes with one session, only one succeeds. The session
  // becomes fresh only if no authenticator app is set up, because with an app the password alone is not enough (R69).
  const isProven = (await findConfirmedTotp(ctx.em, user.id)) === null;
  const session = await rotateSession(ctx, req, { user: proof.account.user, isProven });
  const change = {
    userId: user.id,
    formerHash: proof.account.passwordHash,
    passwordHash,
    formerNumber: numberOf(user.id, from),
  };
  const saved = await endingSessions(ctx, { userId: user.id, except: ctx.sessions.idOf(req) }, () =>
    inTransaction(ctx, (ctx) => savePassword(ctx, change)),
  );
  return saved === null ? { kind: "refused" } : { kind: "changed", session, ...saved };
}

interface NewPassword {
  userId: string;
  formerHash: string;
  passwordHash: string;
  /** The account's number for the browser that makes the change; null: none. */
  formerNumber: number | null;
}

/**
 * Saves the new password. Null: the password was changed since it was verified, or the account was disabled or deleted.
 */
async function savePassword(
  ctx: ChangeContext,
  { userId, formerHash, passwordHash, formerNumber }: NewPassword,
): Promise<{ number: number | null } | null> {
  const { em, clock, limits } = ctx;
  const row = await lockUser(em, userId);
  if (row?.passwordHash !== formerHash || row.disabledAt) return null;
  const now = new Date(clock.now());
  em.assign(row, { passwordHash, passwordChangedAt: now, updatedAt: now });
  await em.flush();
  const number = await revokeOtherBrowsers(em, userId, formerNumber, limits);
  // Links by which an owner takes the account back stay valid. Otherwise an intruder who knows the password could end
  // these links by a change of password.
  await revokeTokens(ctx, { userId, purposes: ["reset_password", "change_email"] });
  await notifyPasswordChange(ctx, row.email);
  await recordActivity(ctx, { kind: "authn_password_change", userId });
  return { number };
}
