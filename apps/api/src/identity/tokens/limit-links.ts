import type { Limits } from "../../config/limits.ts";
import type { RequestClient } from "../../platform/http/client-info.ts";
import { hashKey } from "../../platform/http/ip-address.ts";
import { Refusal, tooManyTries } from "../../platform/http/problem.ts";
import { limited } from "../../platform/rate-limit/limited.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";

export interface LinkLimitContext {
  client: RequestClient;
  limits: Pick<Limits, "wrongLinksOfAddress">;
  rateLimiter: RateLimiter;
}

/**
 * Limits the number of invalid links from one client address. `work` reports an invalid link by the refusal
 * `link_invalid`.
 */
export async function limitLinks<Reply extends object>(
  ctx: LinkLimitContext,
  work: () => Promise<Reply | Refusal>,
): Promise<Reply | Refusal> {
  const limitKeys = [{ key: `links:${hashKey(ctx.client.ipKey)}`, limit: ctx.limits.wrongLinksOfAddress }];
  const isCounted = ({ reply }: { reply: Reply | Refusal }) =>
    reply instanceof Refusal && reply.code === "link_invalid";
  const outcome = await limited(ctx, limitKeys, async () => ({ reply: await work() }), { isCounted });
  return "kind" in outcome ? tooManyTries(outcome.retryAfterMs) : outcome.reply;
}
