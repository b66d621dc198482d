import type { Limits } from "../../config/limits.ts";
import type { RequestClient } from "../../platform/http/client-info.ts";
import { hashKey } from "../../platform/http/ip-address.ts";
import { Refusal, tooManyTries } from "../../platform/http/problem.ts";
import { limited } from "../../platform/rate-limit/limited.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";

interface DiscountLimitContext {
  client: RequestClient;
  limits: Pick<Limits, "wrongDiscountsOfAddress">;
  rateLimiter: RateLimiter;
}

/** Limits the codes from one client address that `work` refuses. */
export async function limitDiscounts<Found extends object>(
  ctx: DiscountLimitContext,
  work: () => Promise<Found | Refusal>,
): Promise<Found | Refusal> {
  const limitKeys = [{ key: `discounts:${hashKey(ctx.client.ipKey)}`, limit: ctx.limits.wrongDiscountsOfAddress }];
  const isCounted = ({ found }: { found: Found | Refusal }) => found instanceof Refusal;
  const outcome = await limited(ctx, limitKeys, async () => ({ found: await work() }), { isCounted });
  return "kind" in outcome ? tooManyTries(outcome.retryAfterMs) : outcome.found;
}
