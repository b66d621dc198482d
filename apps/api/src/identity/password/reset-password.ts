import { isSafeNext, type PasswordReset } from "@yumroad/contract";
import type { Limits } from "../../config/limits.ts";
import { type Context, inTransaction } from "../../platform/http/context.ts";
import type { PasswordHasher } from "../../platform/lib/password-hasher.ts";
import type { MailContext } from "../../platform/mail/enqueue-mail.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { type ActivityContext, recordActivity } from "../activity/record-activity.ts";
import type { Grant } from "../auth/known-browser-cookie.ts";
import { grantFor } from "../auth/unlock-browser.ts";
import { removeFactors } from "../passkeys/remove-factors.ts";
import { consumeToken, peekToken, type TokenClaim, type TokenOutcome } from "../tokens/consume-token.ts";
import type { MailedTokenRow } from "../tokens/mailed-token.entity.ts";
import { revokeTokens } from "../tokens/revoke-tokens.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import { endingSessions } from "../users/ending-sessions.ts";
import { type BrowserCounts, revokeKnownBrowsers } from "../users/known-browsers.ts";
import { passwordWeakness } from "../users/password-weakness.ts";
import type { UserRow } from "../users/user.entity.ts";
import { notifyPasswordReset } from "./notify-password-change.ts";

type ResetContext = ActivityContext &
  MailContext & {
    hasher: PasswordHasher;
    limits: Limits;
    sessionStore: SessionStore;
    accountExtension: AccountExtension;
  };

export type ResetOutcome =
  /** `next`: the page to return to, stored with the request for the link; null: none. */
  | { kind: "reset"; userId: string; email: string; next: string | null; grant: Grant }
  | { kind: "weak_password"; reason: string }
  | { kind: "refused"; userId: string | null };

const PURPOSES = ["reset_password", "recover_account"] as const;

/**
 * Sets a new password by a mailed link. Ends all sessions and revokes all known browsers. Ends all other links, except
 * links that undo a change of address and links that only grant tries. Begins no session: the user logs in with the new
 * password, for which this browser gets some tries of its own (R56). Second factors stay, unless the reset verifies the address
 * for the first time (R63). If the new password is too weak, the link stays valid. Refuses a link that was mailed to the
 * never verified address of an operator (`isStrangersLink`).
 */
export async function resetPassword(ctx: ResetContext, { token, password }: PasswordReset): Promise<ResetOutcome> {
  const claim: TokenClaim = { token, purposes: PURPOSES };
  const look = await peekResetLink(ctx, token);
  if (look.kind === "refused") return look;
  const reason = await passwordWeakness(password, look.user);
  if (reason !== null) return { kind: "weak_password", reason };
  // Hashes outside of the transaction: hashing is slow, and other writes would wait.
  const passwordHash = await ctx.hasher.hash(password);
  return endingSessions(ctx, { userId: look.user.id }, () =>
    inTransaction(ctx, (ctx) => consumeAndSave(ctx, { claim, passwordHash })),
  );
}

/** Checks the link of a reset without using it up, as `peekToken` does. */
export async function peekResetLink(ctx: Pick<Context, "em" | "clock">, token: string): Promise<TokenOutcome> {
  const look = await peekToken(ctx, { token, purposes: PURPOSES });
  return look.kind === "good" && isStrangersLink(look) ? { kind: "refused", userId: look.user.id } : look;
}

async function consumeAndSave(
  ctx: ResetContext,
  { claim, passwordHash }: { claim: TokenClaim; passwordHash: string },
): Promise<ResetOutcome> {
  const used = await consumeToken(ctx, claim);
  if (used.kind === "refused") return used;
  if (isStrangersLink(used)) return { kind: "refused", userId: used.user.id };
  const { user, token } = used;
  const { revoked } = await savePassword(ctx, { user, token, passwordHash });
  // Grants this browser tries of its own. Otherwise strangers could use up the limit before the owner logs in.
  const grant = grantFor(ctx, token, { accountId: user.id, revoked, triesFor: "passwords" });
  const next = isSafeNext(token.next) ? token.next : null;
  return { kind: "reset", userId: user.id, email: user.email, next, grant };
}

/**
 * Tells if a link was mailed to the address of an operator that was never verified. Its reader may be a stranger, who
 * would operate the shop by it. A link that the command line has made was not mailed and is good.
 */
function isStrangersLink({ user, token }: Pick<NewPassword, "user" | "token">): boolean {
  return user.operatorSince !== null && user.emailVerifiedAt === null && token.emailKey !== null;
}

interface NewPassword {
  user: UserRow;
  token: MailedTokenRow;
  passwordHash: string;
}

async function savePassword(
  ctx: ResetContext,
  { user, token, passwordHash }: NewPassword,
): Promise<Pick<BrowserCounts, "revoked">> {
  const { em, clock } = ctx;
  const { id: userId } = user;
  const now = new Date(clock.now());
  const isFirstProof = !user.emailVerifiedAt && token.emailKey === user.emailKey;
  em.assign(user, { passwordHash, passwordChangedAt: now, updatedAt: now });
  // The reader of an address owns it. The address was unverified until this reset, so another person may have created
  // the account and set up factors in it.
  if (isFirstProof) em.assign(user, { emailVerifiedAt: now });
  await em.flush();
  const counts = await revokeKnownBrowsers(em, userId);
  if (isFirstProof) await removeFactors(em, userId);
  // Links that undo a change of address stay valid. Otherwise an intruder who has changed the address could end the
  // owner's link by a password reset.
  await revokeTokens(ctx, { userId, purposes: [...PURPOSES, "verify_email", "change_email", "not_me"] });
  await notifyPasswordReset(ctx, { user, isFirstProof });
  await recordActivity(ctx, { kind: "authn_password_reset", userId });
  if (isFirstProof) await recordActivity(ctx, { kind: "authn_email_verified", userId });
  return counts;
}
