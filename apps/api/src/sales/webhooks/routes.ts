import { endpoints } from "@yumroad/contract";
import type { Limits } from "../../config/limits.ts";
import type { Context } from "../../platform/http/context.ts";
import { hashKey } from "../../platform/http/ip-address.ts";
import { Refusal } from "../../platform/http/problem.ts";
import { refuseOverLimit } from "../../platform/http/refuse-over-limit.ts";
import type { Serve } from "../../platform/http/serve.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import { WebhookInvalid } from "../payments/payment-provider.ts";
import { whileReachable } from "../payments/while-reachable.ts";
import type { RefundContext } from "../sales/finish-refund.ts";
import { receiveWebhook } from "./receive-webhook.ts";

interface WebhookNeeds extends Omit<RefundContext, keyof Context> {
  limits: Limits;
  rateLimiter: RateLimiter;
}

export function serveWebhooks(serve: Serve<WebhookNeeds>): void {
  serve(endpoints.payments.hear, async ({ ctx, params, body, req }) => {
    const outcome = await whileReachable(() =>
      receiveWebhook(ctx, { provider: params.provider, raw: body, headers: req.headers }),
    );
    if (outcome instanceof Refusal) return outcome;
    if (outcome === "accepted") return { body: undefined };
    const isInvalid = outcome instanceof WebhookInvalid;
    // Only webhooks that nobody has signed count, so that a flood of them never keeps out a good one.
    const limitKeys = [{ key: `webhooks:${hashKey(ctx.client.ipKey)}`, limit: ctx.limits.wrongWebhooksOfAddress }];
    const refusal = await refuseOverLimit(ctx, limitKeys);
    if (refusal) return refusal;
    // After the limit, so that a stranger does not fill the log.
    const facts = { event: "webhook_refused", provider: params.provider };
    if (isInvalid) ctx.log.warn({ ...facts, reason: outcome.message }, "webhook refused");
    return new Refusal(isInvalid ? "webhook_invalid" : outcome);
  });
}
