import type { LimitKey, RateLimiter } from "./rate-limiter.ts";

export interface TooMany {
  kind: "too_many";
  retryAfterMs: number;
}

/**
 * Runs `work` if its limits allow it, and refunds it if it throws or its result is not counted. A refusal by one limit
 * consumes nothing of the others.
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
