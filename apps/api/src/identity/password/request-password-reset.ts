import { isSafeNext, type PasswordResetRequest } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import type { Limits } from "../../config/limits.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import { hashKey } from "../../platform/http/ip-address.ts";
import type { Worker } from "../../platform/jobs/worker.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import { RecoveryRequestEntity } from "../auth/recovery-request.entity.ts";
import { emailKeyOf } from "../users/user.entity.ts";

interface Parts {
  em: EntityManager;
  clock: Clock;
  limits: Limits;
  rateLimiter: RateLimiter;
  passwordResetWorker: Worker;
}

/** Where it was asked. */
interface Asker {
  ipKey: string;
  device: string;
  address: string;
}

export type AskOutcome = { kind: "asked" } | { kind: "too_many"; retryAfterMs: number };

/**
 * Notes that somebody has forgotten their password. Whether there is such an account is looked up by nobody here: the
 * work, and so the time, is the same for every address (R59).
 */
export async function requestPasswordReset(
  { em, clock, limits, rateLimiter, passwordResetWorker }: Parts,
  { email, next }: PasswordResetRequest,
  { ipKey, device, address }: Asker,
): Promise<AskOutcome> {
  const fromHere = { key: `recoveries:${hashKey(ipKey)}`, limit: limits.recoveriesOfAddress };
  const verdict = await rateLimiter.consume([fromHere]);
  if (!verdict.isAllowed) return { kind: "too_many", retryAfterMs: verdict.retryAfterMs };
  // That a mail was sent a moment ago is nobody's business but its reader's.
  const again = await rateLimiter.consume([
    { key: `recovery-mail:${hashKey(emailKeyOf(email))}`, limit: limits.askedMails },
  ]);
  if (!again.isAllowed) return { kind: "asked" };

  const wayBack = isSafeNext(next) ? next : null;
  const createdAt = new Date(clock.now());
  await em.insert(RecoveryRequestEntity, {
    id: uuid(),
    kind: "forgotten_password",
    email,
    next: wayBack,
    device,
    address,
    createdAt,
  });
  passwordResetWorker.nudge();
  return { kind: "asked" };
}
