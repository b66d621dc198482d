import { type ForgotPasswordInput, isSafeNext } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import type { Limits } from "../../config/limits.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import { blur } from "../../platform/http/ip-address.ts";
import type { Worker } from "../../platform/jobs/worker.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import type { Throttle } from "../../platform/rate-limit/rate-limiter.ts";
import { RecoveryRequestEntity } from "../auth/recovery-request.entity.ts";
import { emailKeyOf } from "../users/user.entity.ts";

interface Parts {
  em: EntityManager;
  clock: Clock;
  limits: Limits;
  throttle: Throttle;
  recoveryDesk: Worker;
}

/** Where it was asked. */
interface Asker {
  neighbourhood: string;
  device: string;
  address: string;
}

export type AskOutcome = { kind: "asked" } | { kind: "too_many"; retryAfterMs: number };

/**
 * Notes that somebody has forgotten their password. Whether there is such an account is looked up by nobody here: the
 * work, and so the time, is the same for every address (R59).
 */
export async function askForRecovery(
  { em, clock, limits, throttle, recoveryDesk }: Parts,
  { email, next }: ForgotPasswordInput,
  { neighbourhood, device, address }: Asker,
): Promise<AskOutcome> {
  const fromHere = { key: `recoveries:${blur(neighbourhood)}`, budget: limits.recoveriesOfAddress };
  const verdict = await throttle.take([fromHere]);
  if (!verdict.isAllowed) return { kind: "too_many", retryAfterMs: verdict.retryAfterMs };
  // That a mail was sent a moment ago is nobody's business but its reader's.
  const again = await throttle.take([{ key: `recovery-mail:${blur(emailKeyOf(email))}`, budget: limits.askedMails }]);
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
  recoveryDesk.nudge();
  return { kind: "asked" };
}
