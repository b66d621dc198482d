import type { User } from "@yumroad/contract";
import type { Limits } from "../../config/limits.ts";
import type { PasswordHasher } from "../../platform/lib/password-hasher.ts";
import { type AccountForLogin, findAccountById } from "../users/queries.ts";
import { type AttemptOrigin, loginLimits } from "./login-limits.ts";
import type { LockoutParts } from "./report-lockout.ts";
import { tryProof } from "./try-proof.ts";

export interface ProofParts extends LockoutParts {
  hasher: PasswordHasher;
  limits: Limits;
}

export type ProofOutcome =
  | { kind: "proven"; account: AccountForLogin }
  | { kind: "refused" }
  | { kind: "too_many"; retryAfterMs: number };

/**
 * Looks whether somebody who is logged in still knows the password. Wrong ones are counted as at the log-in and
 * together with those: a session left open somewhere is no way around the limits (R54).
 */
export async function verifyPassword(
  parts: ProofParts,
  { id, email: formerEmail }: Pick<User, "id" | "email">,
  password: string,
  origin: AttemptOrigin,
): Promise<ProofOutcome> {
  const { em, clock, hasher, limits } = parts;
  hasher.assertCapacity();
  const account = await findAccountById(em, id);
  const email = account?.user.email ?? formerEmail;
  const choices = loginLimits({ email, account, origin, limits, now: clock.now() });
  const tried = await tryProof(parts, { choices, email }, async () => {
    const { isRight } = await hasher.verify(password, account?.passwordHash ?? null);
    return isRight && account && !account.isDisabled ? account : null;
  });
  if (tried.kind === "right") return { kind: "proven", account: tried.result };
  return tried.kind === "wrong" ? { kind: "refused" } : tried;
}
