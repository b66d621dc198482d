import { UniqueConstraintViolationException } from "@mikro-orm/core";
import type { Limits } from "../../config/limits.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import { enqueueMail, type MailParts } from "../../platform/mail/enqueue-mail.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { type ClientInfo, recordActivity } from "../activity/record-activity.ts";
import { consumeToken, peekToken, type TokenClaim } from "../tokens/consume-token.ts";
import { issueToken } from "../tokens/issue-token.ts";
import { MailedTokenEntity } from "../tokens/mailed-token.entity.ts";
import { revokeTokens } from "../tokens/revoke-tokens.ts";
import { revokeKnownBrowsers } from "../users/known-browsers.ts";
import { emailKeyOf } from "../users/user.entity.ts";

interface Parts extends MailParts {
  em: EntityManager;
  limits: Limits;
  sessionStore: SessionStore;
}

/** Other links by which somebody may have been in the account. */
const LED_IN = ["reset_password", "recover_account", "verify_email", "change_email", "not_me", "unlock"] as const;

export type UndoOutcome = { kind: "undone"; email: string } | { kind: "refused"; userId: string | null };

/**
 * Gives an account its former address back, by the link that was mailed there. It ends all sessions and all links that
 * came since, and mails one for a new password: whoever changed the address may know the old one.
 */
export async function undoEmailChange(parts: Parts, token: string, origin: ClientInfo): Promise<UndoOutcome> {
  const { em, clock, sessionStore } = parts;
  const claim = { token, purposes: ["undo_email_change"] } as const;
  const look = await peekToken(em.fork(), { clock }, claim);
  if (look.kind === "refused") return look;
  // Before and after, for the reasons given in `disableUser`.
  await sessionStore.endAllOf(look.user.id);
  const outcome = await undo(em.fork(), parts, claim, origin);
  await sessionStore.endAllOf(look.user.id);
  return outcome;
}

async function undo(em: EntityManager, parts: Parts, claim: TokenClaim, origin: ClientInfo): Promise<UndoOutcome> {
  try {
    return await em.transactional((transaction) => store(transaction, parts, claim, origin));
  } catch (error) {
    // The address is kept for its owner as long as the link is good (`isEmailTaken`). Should somebody have it all the
    // same, since the clock of another process is fast, the link is as good as over.
    if (error instanceof UniqueConstraintViolationException) return { kind: "refused", userId: null };
    throw error;
  }
}

async function store(em: EntityManager, parts: Parts, claim: TokenClaim, origin: ClientInfo): Promise<UndoOutcome> {
  const { clock } = parts;
  const used = await consumeToken(em, { clock }, claim);
  if (used.kind === "refused") return used;
  const { user, token } = used;
  const email = token.email ?? "";
  const now = new Date(clock.now());
  em.assign(user, { email, emailKey: emailKeyOf(email), emailVerifiedAt: now, updatedAt: now });
  await em.flush();
  await revokeKnownBrowsers(em, user.id);
  await revokeTokens({ em, clock }, user.id, LED_IN);
  // One that was mailed before this one leads further back: it may be the owner's, and this address the other one's.
  const newer = { user: user.id, purpose: "undo_email_change", endedAt: null, id: { $gt: token.id } } as const;
  await em.nativeUpdate(MailedTokenEntity, newer, { endedAt: now });
  await recordActivity({ em, clock }, origin, { kind: "authn_email_change_undone", userId: user.id });
  const reset = await issueToken(em, parts, { purpose: "recover_account", userId: user.id, email });
  await enqueueMail(em, parts, {
    kind: "email_change_undone",
    to: email,
    subject: "This is your email again",
    heading: "This is your email again",
    paragraphs: [
      "The change was taken back, and your account at Yumroad was logged out everywhere.",
      "Whoever changed the address was in your account, so they may know your password: choose a new one.",
    ],
    button: { label: "Choose a new password", path: `/reset-password#token=${reset}` },
    closing: "The link is good for an hour, once.",
  });
  return { kind: "undone", email };
}
