import type { Limits } from "../../limits.ts";
import { type AttemptOrigin, lockoutOf, settleRightAttempt, takeFirstOf } from "../accounts/login-budgets.ts";
import { findAccountById } from "../accounts/queries.ts";
import { type LockoutParts, reportLockout } from "../recovery/report-lockout.ts";
import { codeDrawsOf } from "./code-budgets.ts";

export interface CodeParts extends LockoutParts {
  limits: Limits;
}

export interface Attempt {
  accountId: string;
  code: string;
  from: AttemptOrigin;
}

/** Why a code got nowhere. */
export type Miss = { kind: "wrong" } | { kind: "too_many"; retryAfterMs: number };

/** Lets a code be looked at within its budgets. `look` gives null for a wrong one; it is counted, and only it. */
export async function tryCode<Result>(
  parts: CodeParts,
  { accountId, from }: Omit<Attempt, "code">,
  look: () => Promise<Result | null>,
): Promise<{ kind: "right"; result: Result } | Miss> {
  const { em, clock, limits, throttle } = parts;
  const account = await findAccountById(em, accountId);
  const choices = codeDrawsOf({ accountId, account, origin: from, limits, now: clock.now() });
  const { draws, verdict } = await takeFirstOf(throttle, choices);
  const report = async () => {
    if (account) await reportLockout(parts, { email: account.user.email, of: lockoutOf(draws, verdict) });
  };
  if (!verdict.isAllowed) {
    await report();
    return { kind: "too_many", retryAfterMs: verdict.retryAfterMs };
  }
  const result = await look().catch(async (error) => {
    // Nobody has looked at the code: that was no wrong one.
    await throttle.giveBack(draws.all);
    throw error;
  });
  if (result === null) {
    await report();
    return { kind: "wrong" };
  }
  await settleRightAttempt(throttle, draws);
  return { kind: "right", result };
}

/** An authenticator app's code, without the blanks that people type; null for what can't be one. */
export function digitsOf(code: string): string | null {
  const digits = code.replace(/[ -]/g, "");
  return /^\d{6}$/.test(digits) ? digits : null;
}
