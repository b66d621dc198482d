import type { Reauthentication, SecondFactor, User } from "@yumroad/contract";
import type { Request } from "express";
import type { Sessions } from "../../platform/http/session.ts";
import type { PasswordHasher } from "../../platform/lib/password-hasher.ts";
import type { MailParts } from "../../platform/mail/enqueue-mail.ts";
import type { SessionRecord } from "../../platform/sessions/session-record.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import type { AttemptOrigin } from "../auth/login-limits.ts";
import type { Miss } from "../auth/try-proof.ts";
import { type ProofOutcome, verifyPassword } from "../auth/verify-password.ts";
import { consumeProof } from "../sessions/consume-proof.ts";
import { rotateSession } from "../sessions/rotate-session.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import { consumeCode, isRightCode } from "./consume-code.ts";
import { findConfirmedTotp } from "./queries.ts";
import type { Totp } from "./totp.ts";
import { type CodeParts, tryCode } from "./try-code.ts";

export type ReauthenticationOutcome =
  | { kind: "proven"; session: SessionRecord; factor: SecondFactor | null }
  /** An authenticator app is set up, and no code was given. */
  | { kind: "code_missing" }
  | { kind: "code_missed"; miss: Miss }
  | Exclude<ProofOutcome, { kind: "proven" }>;

interface Parts extends CodeParts, MailParts {
  hasher: PasswordHasher;
  totp: Totp;
  sessions: Sessions;
  sessionStore: SessionStore;
  accountExtension: AccountExtension;
}

/**
 * Proves that it is still the person who is logged in: with the password, and with a code where an authenticator app is
 * set up (R69; ASVS 7.5.1). The password comes first, so that a code is worth nothing to whoever lacks it, and the
 * session's new id before the code is used up. Throws `unauthenticated` when the session has ended meanwhile.
 */
export async function reauthenticate(
  parts: Parts,
  req: Request,
  user: User,
  { password, code }: Reauthentication,
  from: AttemptOrigin,
): Promise<ReauthenticationOutcome> {
  const { em, sessions } = parts;
  // Before the password is looked at: nothing is counted, and nothing told of it.
  const isAsked = async () => (await findConfirmedTotp(em, user.id)) !== null;
  if (code === undefined && (await isAsked())) return { kind: "code_missing" };
  const proof = await verifyPassword(parts, user, password, from);
  if (proof.kind !== "proven") return proof;

  const former = sessions.current(req);
  if (former === null) return { kind: "refused" };
  const goOn = () => rotateSession(parts, req, proof.account.user, { isProven: true });
  if (!(await isAsked())) return { kind: "proven", session: await goOn(), factor: null };
  // Set up since the first look.
  if (code === undefined) return { kind: "code_missing" };

  const attempt = { accountId: user.id, from };
  const tried = await tryCode(parts, attempt, async () => (await isRightCode(parts, user.id, code)) || null);
  if (tried.kind !== "right") return { kind: "code_missed", miss: tried };
  const session = await goOn();
  const factor = await consumeProof(parts, req, former, () => consumeCode(parts, user.id, code));
  return factor === null ? { kind: "code_missed", miss: { kind: "wrong" } } : { kind: "proven", session, factor };
}
