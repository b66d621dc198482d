import type { Limits } from "../../config/limits.ts";
import type { AttemptOrigin } from "../auth/login-limits.ts";
import type { LockoutParts } from "../auth/report-lockout.ts";
import { type Miss, tryProof } from "../auth/try-proof.ts";
import { findAccountById } from "../users/queries.ts";
import { codeLimits } from "./code-limits.ts";

export interface CodeParts extends LockoutParts {
  limits: Limits;
}

export interface Attempt {
  accountId: string;
  code: string;
  from: AttemptOrigin;
}

/** Lets a code be looked at within its budgets. `look` gives null for a wrong one; it is counted, and only it. */
export async function tryCode<Result>(
  parts: CodeParts,
  { accountId, from }: Omit<Attempt, "code">,
  look: () => Promise<Result | null>,
): Promise<{ kind: "right"; result: Result } | Miss> {
  const { em, clock, limits } = parts;
  const account = await findAccountById(em, accountId);
  const choices = codeLimits({ accountId, account, origin: from, limits, now: clock.now() });
  return tryProof(parts, { choices, email: account?.user.email ?? null }, look);
}

/** An authenticator app's code, without the blanks that people type; null for what can't be one. */
export function digitsOf(code: string): string | null {
  const digits = code.replace(/[ -]/g, "");
  return /^\d{6}$/.test(digits) ? digits : null;
}
