import { isSafeNext, type PasswordResetRequest } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import type { Limits } from "../../config/limits.ts";
import type { Context } from "../../platform/http/context.ts";
import { hashKey } from "../../platform/http/ip-address.ts";
import type { Worker } from "../../platform/jobs/worker.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import { RecoveryRequestEntity } from "../auth/recovery-request.entity.ts";
import { emailKeyOf } from "../users/user.entity.ts";

type RequestContext = Context & {
  limits: Limits;
  rateLimiter: RateLimiter;
  passwordResetWorker: Pick<Worker, "nudge">;
};

export type RequestOutcome = { kind: "asked" } | { kind: "too_many"; retryAfterMs: number };

/**
 * Stores a request for a password reset. Does not look up the account, so that the work, and so the response time, is
 * the same for every address (R59).
 */
export async function requestPasswordReset(
  { em, clock, client, limits, rateLimiter, passwordResetWorker }: RequestContext,
  { email, next }: PasswordResetRequest,
): Promise<RequestOutcome> {
  const { ipKey, device, address } = client;
  const fromHere = { key: `recoveries:${hashKey(ipKey)}`, limit: limits.recoveriesOfAddress };
  const consumed = await rateLimiter.consume([fromHere]);
  if (!consumed.isAllowed) return { kind: "too_many", retryAfterMs: consumed.retryAfterMs };
  // The answer is the same if a mail was sent recently, because only the mailbox's reader may learn that.
  const again = await rateLimiter.consume([
    { key: `recovery-mail:${hashKey(emailKeyOf(email))}`, limit: limits.askedMails },
  ]);
  if (!again.isAllowed) return { kind: "asked" };

  await em.insert(RecoveryRequestEntity, {
    id: uuid(),
    kind: "forgotten_password",
    email,
    next: isSafeNext(next) ? next : null,
    device,
    address,
    createdAt: new Date(clock.now()),
  });
  passwordResetWorker.nudge();
  return { kind: "asked" };
}
