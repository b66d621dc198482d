import {
  type AttemptLimits,
  consumeFirst,
  lockoutOf,
  refundFailedLogin,
  refundSuccessfulLogin,
} from "./login-limits.ts";
import { type LockoutParts, reportLockout } from "./report-lockout.ts";

/** Why a proof got nowhere. */
export type Miss = { kind: "wrong" } | { kind: "too_many"; retryAfterMs: number };

/**
 * Lets a proof, a password or a code, be looked at within its budgets. `look` gives null for a wrong one; it is counted,
 * and only it. The owner of `email` is told when strangers are locked out by it; null for an account that is gone.
 */
export async function tryProof<Result>(
  parts: LockoutParts,
  { choices, email }: { choices: readonly AttemptLimits[]; email: string | null },
  look: () => Promise<Result | null>,
): Promise<{ kind: "right"; result: Result } | Miss> {
  const { rateLimiter } = parts;
  const { limitKeys, verdict } = await consumeFirst(rateLimiter, choices);
  const report = async () => {
    if (email !== null) await reportLockout(parts, { email, of: lockoutOf(limitKeys, verdict) });
  };
  if (!verdict.isAllowed) {
    await report();
    return { kind: "too_many", retryAfterMs: verdict.retryAfterMs };
  }
  const result = await look().catch(async (error) => {
    // Nobody has looked at the proof, for want of room or of a database: that was no wrong one.
    await rateLimiter.refund(limitKeys.all);
    throw error;
  });
  if (result === null) {
    await refundFailedLogin(rateLimiter, limitKeys);
    await report();
    return { kind: "wrong" };
  }
  await refundSuccessfulLogin(rateLimiter, limitKeys);
  return { kind: "right", result };
}
