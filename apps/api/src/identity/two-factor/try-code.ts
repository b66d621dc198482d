import type { AttemptClient } from "../auth/login-limits.ts";
import type { LockoutContext } from "../auth/report-lockout.ts";
import { type Miss, tryProof } from "../auth/try-proof.ts";
import { findAccountById } from "../users/queries.ts";
import { codeLimits } from "./code-limits.ts";

export interface CodeAttempt {
  userId: string;
  code: string;
  from: AttemptClient;
}

/** Checks a code within its limits. `check` returns null for a wrong code. */
export async function tryCode<Result>(
  ctx: LockoutContext,
  { userId, from }: Omit<CodeAttempt, "code">,
  check: () => Promise<Result | null>,
): Promise<{ kind: "right"; result: Result } | Miss> {
  const { em, clock, limits } = ctx;
  const account = await findAccountById(em, userId);
  const choices = codeLimits({ accountId: userId, account, from, limits, now: clock.now() });
  return tryProof(ctx, { choices, email: account?.user.email ?? null }, check);
}
