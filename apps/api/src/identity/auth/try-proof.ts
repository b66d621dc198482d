import type { TooMany } from "../../platform/rate-limit/limited.ts";
import {
  type AttemptLimits,
  consumeFirst,
  lockoutOf,
  refundFailedLogin,
  refundSuccessfulLogin,
} from "./login-limits.ts";
import { type LockoutContext, reportLockout } from "./report-lockout.ts";

/** The result for a password or code that was not accepted. */
export type Miss = { kind: "wrong" } | TooMany;

/**
 * Checks a proof (a password or a code) within its limits. `look` returns null for a wrong proof. If this attempt locks
 * strangers out, mails the owner of `email`. `email` null: the account was deleted, and no mail is sent.
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
    // The hasher is too busy or the database can't be reached, so the proof was not checked and does not count as
    // wrong.
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
