import type { LimitKey, RateLimiter } from "./rate-limiter.ts";

export interface TooMany {
  kind: "too_many";
  retryAfterMs: number;
}

/**
 * Consumes the limits and runs `work`, or returns `too_many` without consuming any when one of them is used up. Refunds
 * the limits if `work` throws, or if `isCounted` is false for its result.
 *
 * @example
 * const outcome = await limited(ctx, [key], () => open(link), { isCounted: ({ kind }) => kind === "wrong" });
 * if (outcome.kind === "too_many") return tooManyTries(outcome.retryAfterMs);
 */
export async function limited<Result>(
  { rateLimiter }: { rateLimiter: RateLimiter },
  limitKeys: readonly LimitKey[],
  work: () => Promise<Result>,
  { isCounted }: { isCounted: (result: Result) => boolean },
): Promise<Result | TooMany> {
  const consumed = await rateLimiter.consume(limitKeys);
  if (!consumed.isAllowed) return { kind: "too_many", retryAfterMs: consumed.retryAfterMs };
  let isRefunded = true;
  try {
    const result = await work();
    isRefunded = !isCounted(result);
    return result;
  } finally {
    if (isRefunded) await rateLimiter.refund(limitKeys);
  }
}
