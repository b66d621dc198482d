import type { SecondFactor } from "@yumroad/contract";
import type { Request } from "express";
import type { Sessions } from "../../http/session.ts";
import type { SessionRecord } from "../../sessions/session-record.ts";
import type { SessionStore } from "../../sessions/session-store.ts";
import { lookAgain } from "../accounts/begin-session.ts";
import { findAccountById } from "../accounts/queries.ts";
import { spreadUser } from "../accounts/spread-user.ts";
import type { MailParts } from "../mail/enqueue-mail.ts";
import { spendCode } from "./spend-code.ts";
import type { Totp } from "./totp.ts";
import { type Attempt, type CodeParts, type Miss, tryCode } from "./try-code.ts";

export type CompleteLogInOutcome =
  | { kind: "logged_in"; session: SessionRecord; factor: SecondFactor }
  | Miss
  /** The account was disabled or deleted since the password was given. */
  | { kind: "refused" };

interface Parts extends CodeParts, MailParts {
  totp: Totp;
  sessions: Sessions;
  sessionStore: SessionStore;
}

/**
 * The second half of a log-in: budget, code, session, in this order. Throws `unauthenticated` when the half session has
 * ended meanwhile.
 */
export async function completeLogIn(parts: Parts, req: Request, attempt: Attempt): Promise<CompleteLogInOutcome> {
  const { em, sessions, sessionStore } = parts;
  const { accountId, code } = attempt;
  const tried = await tryCode(parts, attempt, () => spendCode(parts, accountId, code));
  if (tried.kind !== "right") return tried;

  const account = await findAccountById(em, accountId);
  if (!account || account.isDisabled) {
    await sessions.abandon(req);
    return { kind: "refused" };
  }
  const session = await sessions.complete(req, account.user);
  const now = await lookAgain(parts, req, accountId);
  if (!now || now.isDisabled) {
    await sessions.abandon(req);
    return { kind: "refused" };
  }
  // Whoever changed the user a moment ago may not have found this session yet.
  if (now.version !== account.version) await spreadUser({ em, sessionStore }, accountId);
  return { kind: "logged_in", session: { ...session, user: now.user }, factor: tried.result };
}
