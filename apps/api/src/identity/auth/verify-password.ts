import type { User } from "@yumroad/contract";
import type { PasswordHasher } from "../../platform/lib/password-hasher.ts";
import type { TooMany } from "../../platform/rate-limit/limited.ts";
import { type AccountForLogin, findAccountById } from "../users/queries.ts";
import { type AttemptClient, loginLimits } from "./login-limits.ts";
import type { LockoutContext } from "./report-lockout.ts";
import { tryProof } from "./try-proof.ts";

export type VerifyContext = LockoutContext & { hasher: PasswordHasher };

export interface PasswordClaim {
  user: Pick<User, "id" | "email">;
  password: string;
  from: AttemptClient;
}

export type ProofOutcome = { kind: "proven"; account: AccountForLogin } | { kind: "refused" } | TooMany;

/**
 * Verifies the password of a logged-in user. Wrong passwords consume the same limits as at the login, so that a session
 * left open does not allow more guesses (R54).
 */
export async function verifyPassword(
  ctx: VerifyContext,
  { user, password, from }: PasswordClaim,
): Promise<ProofOutcome> {
  const { em, clock, hasher, limits } = ctx;
  hasher.assertCapacity();
  const account = await findAccountById(em, user.id);
  const email = account?.user.email ?? user.email;
  const choices = loginLimits({ email, account, from, limits, now: clock.now() });
  const tried = await tryProof(ctx, { choices, email }, async () => {
    const { isRight } = await hasher.verify(password, account?.passwordHash ?? null);
    return isRight && account && !account.isDisabled ? account : null;
  });
  if (tried.kind === "right") return { kind: "proven", account: tried.result };
  return tried.kind === "wrong" ? { kind: "refused" } : tried;
}
