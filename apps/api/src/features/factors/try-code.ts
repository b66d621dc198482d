import type { EntityManager } from "../../db/database.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Limits } from "../../limits.ts";
import type { Throttle } from "../../throttle/throttle.ts";
import { type AttemptOrigin, settleRightAttempt } from "../accounts/login-budgets.ts";
import { codeDrawsOf } from "./code-budgets.ts";

export interface CodeParts {
  em: EntityManager;
  clock: Clock;
  limits: Limits;
  throttle: Throttle;
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
  { limits, throttle }: Pick<CodeParts, "limits" | "throttle">,
  { accountId, from }: Omit<Attempt, "code">,
  look: () => Promise<Result | null>,
): Promise<{ kind: "right"; result: Result } | Miss> {
  const draws = codeDrawsOf(accountId, from, limits);
  const verdict = await throttle.take(draws.all);
  if (!verdict.isAllowed) return { kind: "too_many", retryAfterMs: verdict.retryAfterMs };
  const result = await look().catch(async (error) => {
    // Nobody has looked at the code: that was no wrong one.
    await throttle.giveBack(draws.all);
    throw error;
  });
  if (result === null) return { kind: "wrong" };
  await settleRightAttempt(throttle, draws);
  return { kind: "right", result };
}

/** An authenticator app's code, without the blanks that people type; null for what can't be one. */
export function digitsOf(code: string): string | null {
  const digits = code.replace(/[ -]/g, "");
  return /^\d{6}$/.test(digits) ? digits : null;
}
