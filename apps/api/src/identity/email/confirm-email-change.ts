import { UniqueConstraintViolationException } from "@mikro-orm/core";
import type { Request } from "express";
import type { Limits } from "../../config/limits.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import { Refusal } from "../../platform/http/problem.ts";
import type { Sessions } from "../../platform/http/session.ts";
import { enqueueMail, type MailParts } from "../../platform/mail/enqueue-mail.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { type ClientInfo, clientInfo, recordActivity } from "../activity/record-activity.ts";
import { rotateSession } from "../sessions/rotate-session.ts";
import { consumeToken, peekToken, type TokenClaim } from "../tokens/consume-token.ts";
import { issueToken } from "../tokens/issue-token.ts";
import { revokeTokens } from "../tokens/revoke-tokens.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import { findAccountById } from "../users/queries.ts";
import { emailKeyOf } from "../users/user.entity.ts";
import { isEmailTaken } from "./queries.ts";

interface Parts extends MailParts {
  em: EntityManager;
  limits: Limits;
  sessions: Sessions;
  sessionStore: SessionStore;
  accountExtension: AccountExtension;
}

export type ConfirmationOutcome =
  | { kind: "changed"; email: string }
  | { kind: "email_taken" }
  | { kind: "refused"; userId: string | null };

/**
 * Changes the address of an account, by the link that was mailed to the new one (R64). It ends all sessions; the browser
 * that comes with the link goes on in a new one, if it is logged in to this account. The former address, if it was
 * proven, gets a link that takes it all back.
 */
export async function confirmEmailChange(parts: Parts, req: Request, token: string): Promise<ConfirmationOutcome> {
  const { em, clock, sessions, sessionStore } = parts;
  const claim = { token, purposes: ["change_email"] } as const;
  const look = await peekToken(em.fork(), { clock }, claim);
  if (look.kind === "refused") return look;
  const { id: userId } = look.user;
  const email = look.token.email ?? "";
  if (await isEmailTaken({ em, clock }, email, { askedBy: userId })) return { kind: "email_taken" };

  const isTheirs = sessions.current(req)?.user.id === userId;
  const others = isTheirs ? { except: sessions.idOf(req) } : undefined;
  // Before and after, for the reasons given in `disableUser`.
  await sessionStore.endAllOf(userId, others);
  const outcome = await change(em.fork(), parts, claim, clientInfo(req));
  if (outcome.kind !== "changed") return outcome;
  await sessionStore.endAllOf(userId, others);
  if (isTheirs) await goOn(parts, req, userId);
  return outcome;
}

/** Under a new id (R4), and with the new address in it. */
async function goOn(parts: Parts, req: Request, userId: string): Promise<void> {
  const account = await findAccountById(parts.em.fork(), userId);
  if (account === null) return;
  await rotateSession(parts, req, account.user, { isProven: false }).catch((error: unknown) => {
    // Ended by somebody else meanwhile: the address has changed all the same.
    if (!(error instanceof Refusal)) throw error;
  });
}

async function change(
  em: EntityManager,
  parts: Parts,
  claim: TokenClaim,
  origin: ClientInfo,
): Promise<ConfirmationOutcome> {
  try {
    return await em.transactional((transaction) => store(transaction, parts, claim, origin));
  } catch (error) {
    // Somebody has signed up with it at this very moment. The link is as good as it was.
    if (error instanceof UniqueConstraintViolationException) return { kind: "email_taken" };
    throw error;
  }
}

async function store(
  em: EntityManager,
  parts: Parts,
  claim: TokenClaim,
  origin: ClientInfo,
): Promise<ConfirmationOutcome> {
  const { clock } = parts;
  const used = await consumeToken(em, { clock }, claim);
  if (used.kind === "refused") return used;
  const { user } = used;
  const { id: userId, email: former, emailVerifiedAt: formerVerifiedAt } = user;
  const email = used.token.email ?? "";
  const now = new Date(clock.now());
  em.assign(user, { email, emailKey: emailKeyOf(email), emailVerifiedAt: now, updatedAt: now });
  await em.flush();
  // They went to the former address.
  await revokeTokens({ em, clock }, userId, ["reset_password", "recover_account", "verify_email", "not_me", "unlock"]);
  await recordActivity({ em, clock }, origin, { kind: "authn_email_changed", userId });
  // A former address that was never proven is nobody's way back: the account would go to whoever reads it, be it
  // mistyped or a stranger's, with all that was set up meanwhile.
  if (!formerVerifiedAt) return { kind: "changed", email };
  const token = await issueToken(em, parts, { purpose: "undo_email_change", userId, email: former });
  await enqueueMail(em, parts, {
    kind: "email_changed",
    to: former,
    subject: "Your email was changed",
    heading: "Your email was changed",
    paragraphs: [
      "Your account at Yumroad has another address now, which was confirmed. This one is no longer used.",
      "If that was you, there is nothing to do. If it was not, take it back: that also logs everybody out of your account.",
    ],
    button: { label: "Take it back", path: `/undo-email-change#token=${token}` },
    closing: "The link is good for a day.",
  });
  return { kind: "changed", email };
}
