import type { SecondFactor } from "@yumroad/contract";
import type { Request } from "express";
import type { Sessions } from "../../platform/http/session.ts";
import type { MailParts } from "../../platform/mail/enqueue-mail.ts";
import type { SessionRecord } from "../../platform/sessions/session-record.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import type { Miss } from "../auth/try-proof.ts";
import { recheckAccount } from "../sessions/begin-session.ts";
import { consumeProof } from "../sessions/consume-proof.ts";
import { syncUserToSessions } from "../sessions/sync-user-to-sessions.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import { describeUser } from "../users/describe-user.ts";
import { type AccountForLogin, findAccountById } from "../users/queries.ts";
import { consumeCode, isRightCode } from "./consume-code.ts";
import type { Totp } from "./totp.ts";
import { type Attempt, type CodeParts, tryCode } from "./try-code.ts";

export type CompleteLoginOutcome =
  | { kind: "logged_in"; session: SessionRecord; account: AccountForLogin; factor: SecondFactor }
  | Miss
  /** The account was disabled or deleted since the password was given. */
  | { kind: "refused" };

interface Parts extends CodeParts, MailParts {
  totp: Totp;
  sessions: Sessions;
  sessionStore: SessionStore;
  accountExtension: AccountExtension;
}

/**
 * The second half of a log-in: budget, a look at the code, session, and only then the code is used up: of several at
 * once for one half session, one is. Throws `unauthenticated` when the half session has ended meanwhile.
 */
export async function completeLogin(parts: Parts, req: Request, attempt: Attempt): Promise<CompleteLoginOutcome> {
  const { em, sessions } = parts;
  const { accountId, code } = attempt;
  const half = sessions.half(req);
  if (half === null) return { kind: "refused" };
  const tried = await tryCode(parts, attempt, async () => (await isRightCode(parts, accountId, code)) || null);
  if (tried.kind !== "right") return tried;

  const account = await findAccountById(em, accountId);
  if (!account || account.isDisabled) {
    await sessions.abandon(req);
    return { kind: "refused" };
  }
  const session = await sessions.complete(req, await describeUser(parts, account.user));
  const now = await recheckAccount(parts, req, accountId);
  if (!now || now.isDisabled) {
    await sessions.abandon(req);
    return { kind: "refused" };
  }
  const factor = await consumeProof(parts, req, half, () => consumeCode(parts, accountId, code));
  if (factor === null) return { kind: "wrong" };
  // Whoever changed the user a moment ago may not have found this session yet.
  const user = now.version === account.version ? null : await syncUserToSessions(parts, accountId);
  return { kind: "logged_in", session: { ...session, user: user ?? session.user }, account, factor };
}
