import type { PasswordChange, User } from "@yumroad/contract";
import type { Request } from "express";
import type { Limits } from "../../config/limits.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import type { Sessions } from "../../platform/http/session.ts";
import type { PasswordHasher } from "../../platform/lib/password-hasher.ts";
import type { MailParts } from "../../platform/mail/enqueue-mail.ts";
import type { SessionRecord } from "../../platform/sessions/session-record.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { clientInfo, recordActivity } from "../activity/record-activity.ts";
import { type AttemptOrigin, numberOf } from "../auth/login-limits.ts";
import type { LockoutParts } from "../auth/report-lockout.ts";
import { type ProofOutcome, verifyPassword } from "../auth/verify-password.ts";
import { rotateSession } from "../sessions/rotate-session.ts";
import { revokeTokens } from "../tokens/revoke-tokens.ts";
import { findConfirmedTotp } from "../two-factor/queries.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import { revokeOtherBrowsers } from "../users/known-browsers.ts";
import { lockUser } from "../users/lock-user.ts";
import { passwordWeakness } from "../users/password-rules.ts";
import { notifyPasswordChange } from "./notify-password-change.ts";

interface Parts extends MailParts, LockoutParts {
  hasher: PasswordHasher;
  limits: Limits;
  sessions: Sessions;
  sessionStore: SessionStore;
  accountExtension: AccountExtension;
}

export type PasswordChangeOutcome =
  /** `number`: by which the account knows this browser from now on; null for a browser that it did not know. */
  | { kind: "changed"; session: SessionRecord; number: number | null }
  | { kind: "weak_password"; reason: string }
  | Exclude<ProofOutcome, { kind: "proven" }>;

/**
 * Changes the password of whoever is logged in and knows the current one (R53). This browser goes on in a new session,
 * all others are out, and so is every link that was mailed before to get in by.
 */
export async function changePassword(
  parts: Parts,
  req: Request,
  user: User,
  { currentPassword, password }: PasswordChange,
  from: AttemptOrigin,
): Promise<PasswordChangeOutcome> {
  const { em, hasher, sessions, sessionStore } = parts;
  const reason = await passwordWeakness(password, user);
  if (reason !== null) return { kind: "weak_password", reason };
  const proof = await verifyPassword(parts, user, currentPassword, from);
  if (proof.kind !== "proven") return proof;
  const passwordHash = await hasher.hash(password);

  // Before anything is changed: of several at once with one session one comes past it. And where a code is asked for,
  // the password alone makes nothing fresh (R69).
  const isProven = (await findConfirmedTotp(em, user.id)) === null;
  const session = await rotateSession(parts, req, proof.account.user, { isProven });
  // Before and after, for the reasons given in `disableUser`.
  await sessionStore.endAllOf(user.id, { except: sessions.idOf(req) });
  const former = numberOf(user.id, from);
  const change = { userId: user.id, formerHash: proof.account.passwordHash, passwordHash, former };
  const stored = await em.fork().transactional((transaction) => store(transaction, parts, req, change));
  if (stored === null) return { kind: "refused" };
  await sessionStore.endAllOf(user.id, { except: sessions.idOf(req) });
  return { kind: "changed", session, ...stored };
}

interface Change {
  userId: string;
  formerHash: string;
  passwordHash: string;
  /** The number of the browser in which it is made. */
  former: number | null;
}

/** Null: the password that was proven is not the account's any more. */
async function store(
  em: EntityManager,
  parts: Parts,
  req: Request,
  { userId, formerHash, passwordHash, former }: Change,
): Promise<{ number: number | null } | null> {
  const { clock, limits } = parts;
  const row = await lockUser(em, userId);
  if (row?.passwordHash !== formerHash || row.disabledAt) return null;
  const now = new Date(clock.now());
  em.assign(row, { passwordHash, passwordChangedAt: now, updatedAt: now });
  await em.flush();
  const number = await revokeOtherBrowsers(em, userId, former, limits);
  // Not those by which an owner takes the account back: whoever was in it knows the password, and could end them so.
  await revokeTokens({ em, clock }, userId, ["reset_password", "change_email"]);
  await notifyPasswordChange(em, parts, row.email);
  await recordActivity({ em, clock }, clientInfo(req), { kind: "authn_password_change", userId });
  return { number };
}
