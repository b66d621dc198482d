import { v7 as uuid } from "uuid";
import type { Limits } from "../../config/limits.ts";
import type { Context } from "../../platform/http/context.ts";
import { hashKey } from "../../platform/http/ip-address.ts";
import type { Worker } from "../../platform/jobs/worker.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import { emailKeyOf } from "../users/user.entity.ts";
import { type LockoutKind, RecoveryRequestEntity } from "./recovery-request.entity.ts";

/** The context of every operation that can lock strangers out of an account. */
export type LockoutContext = Context & {
  limits: Limits;
  rateLimiter: RateLimiter;
  passwordResetWorker: Pick<Worker, "nudge">;
};

interface Lockout {
  /** The address that was tried; there may be no account with it. */
  email: string;
  /** The limit that is used up; null: none, so nothing is reported. */
  of: LockoutKind | null;
}

/**
 * Requests a mail to the owner about a lockout of strangers, at most once a day for each kind of limit, because any
 * stranger can use a limit up and so cause mails. Does not look up the account, so that the work, and so the response
 * time, is the same for every address (R12).
 */
export async function reportLockout(ctx: LockoutContext, { email, of }: Lockout): Promise<void> {
  if (of === null) return;
  const { em, clock, limits, rateLimiter, passwordResetWorker } = ctx;
  const limitKeys = [{ key: `lockout-mail:${of}:${hashKey(emailKeyOf(email))}`, limit: limits.lockoutMails }];
  if (!(await rateLimiter.consume(limitKeys)).isAllowed) return;
  const createdAt = new Date(clock.now());
  const request = {
    id: uuid(),
    kind: `too_many_${of}`,
    email,
    next: null,
    device: "",
    address: "",
    createdAt,
  } as const;
  try {
    await em.insert(RecoveryRequestEntity, request);
  } catch (error) {
    await rateLimiter.refund(limitKeys);
    throw error;
  }
  passwordResetWorker.nudge();
}
