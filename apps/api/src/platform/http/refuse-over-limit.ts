import type { LimitKey, RateLimiter } from "../rate-limit/rate-limiter.ts";
import { type Refusal, tooManyTries } from "./problem.ts";

/**
 * Consumes the limits, and returns the refusal `rate_limited` if one of them is used up; then none is consumed. Null: the
 * request may go on.
 *
 * @example
 * const refusal = await refuseOverLimit(ctx, [{ key: `exports:${user.id}`, limit: ctx.limits.exports }]);
 * if (refusal) return refusal;
 */
export async function refuseOverLimit(
  { rateLimiter }: { rateLimiter: RateLimiter },
  limitKeys: readonly LimitKey[],
): Promise<Refusal | null> {
  const consumed = await rateLimiter.consume(limitKeys);
  return consumed.isAllowed ? null : tooManyTries(consumed.retryAfterMs);
}
