import type { TooMany } from "../../platform/rate-limit/limited.ts";
import {
  type AttemptLimits,
  consumeFirst,
  lockoutOf,
  refundFailedLogin,
  refundSuccessfulLogin,
} from "./login-limits.ts";
import { type LockoutContext, reportLockout } from "./report-lockout.ts";

/** The outcome of a proof that was not accepted. */
export type Miss = { kind: "wrong" } | TooMany;

/**
 * Looks at a proof, a password or a code, within its limits. `look` gives null for a wrong one; it is counted, and only
 * it. The owner of `email` is told when strangers are locked out by it; null for an account that is gone.
 */
export async function tryProof<Result>(
  ctx: LockoutContext,
  { choices, email }: { choices: readonly AttemptLimits[]; email: string | null },
  look: () => Promise<Result | null>,
): Promise<{ kind: "right"; result: Result } | Miss> {
  const { rateLimiter } = ctx;
  const { limitKeys, consumed } = await consumeFirst(rateLimiter, choices);
  const report = async () => {
    if (email !== null) await reportLockout(ctx, { email, of: lockoutOf(limitKeys, consumed) });
  };
  if (!consumed.isAllowed) {
    await report();
    return { kind: "too_many", retryAfterMs: consumed.retryAfterMs };
  }
  const result = await look().catch(async (error) => {
    // The proof was not looked at, for want of room or of a database: that was no wrong one.
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
