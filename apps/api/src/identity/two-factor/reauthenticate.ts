import type { SecondFactor, User } from "@yumroad/contract";
import type { Request } from "express";
import type { SessionRecord } from "../../platform/sessions/session-record.ts";
import type { AttemptClient } from "../auth/login-limits.ts";
import type { Miss } from "../auth/try-proof.ts";
import { type ProofOutcome, type VerifyContext, verifyPassword } from "../auth/verify-password.ts";
import { consumeProof } from "../sessions/consume-proof.ts";
import { rotateSession } from "../sessions/rotate-session.ts";
import type { SessionContext } from "../sessions/session-context.ts";
import { type ConsumeCodeContext, consumeCode, isRightCode } from "./consume-code.ts";
import { hasConfirmedTotp } from "./queries.ts";
import { tryCode } from "./try-code.ts";

export type ReauthenticationOutcome =
  | { kind: "proven"; session: SessionRecord; factor: SecondFactor | null }
  /** An authenticator app is set up, and no code was given. */
  | { kind: "code_missing" }
  | { kind: "code_missed"; miss: Miss }
  | Exclude<ProofOutcome, { kind: "proven" }>;

interface Claim {
  user: User;
  password: string;
  code: string | undefined;
  from: AttemptClient;
}

/**
 * Reauthenticates the logged-in user: with the password, and with a code if an authenticator app is set up (R69; ASVS
 * 7.5.1). Checks the password first, so that nobody can try codes without it, and rotates the session before the code
 * is consumed. Throws `unauthenticated` if the session ended during the request.
 */
export async function reauthenticate(
  ctx: SessionContext & VerifyContext & ConsumeCodeContext,
  req: Request,
  { user, password, code, from }: Claim,
): Promise<ReauthenticationOutcome> {
  const needsCode = () => hasConfirmedTotp(ctx.em, user.id);
  // Checked before the password is verified, so that a missing code counts no attempt and records nothing.
  if (code === undefined && (await needsCode())) return { kind: "code_missing" };
  const proof = await verifyPassword(ctx, { user, password, from });
  if (proof.kind !== "proven") return proof;

  const former = ctx.sessions.current(req);
  if (former === null) return { kind: "refused" };
  const rotate = () => rotateSession(ctx, req, { user: proof.account.user, isProven: true });
  if (!(await needsCode())) return { kind: "proven", session: await rotate(), factor: null };
  // The app was set up after the first check.
  if (code === undefined) return { kind: "code_missing" };

  const claim = { userId: user.id, code };
  const tried = await tryCode(ctx, { userId: user.id, from }, async () => (await isRightCode(ctx, claim)) || null);
  if (tried.kind !== "right") return { kind: "code_missed", miss: tried };
  const session = await rotate();
  const factor = await consumeProof(ctx, req, former, () => consumeCode(ctx, claim));
  return factor === null ? { kind: "code_missed", miss: { kind: "wrong" } } : { kind: "proven", session, factor };
}
