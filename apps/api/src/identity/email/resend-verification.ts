import type { Limits } from "../../config/limits.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import type { MailParts } from "../../platform/mail/enqueue-mail.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import { lockUser } from "../users/lock-user.ts";
import { sendVerification, verificationLimit } from "./send-verification.ts";

interface Parts extends MailParts {
  em: EntityManager;
  limits: Limits;
  rateLimiter: RateLimiter;
}

/** Sends another mail to confirm an address, unless it is confirmed, or one was sent a moment ago (R59). */
export async function resendVerification(parts: Parts, userId: string): Promise<void> {
  const { em, limits, rateLimiter } = parts;
  await em.transactional(async (transaction) => {
    const user = await lockUser(transaction, userId);
    if (!user || user.emailVerifiedAt || user.disabledAt) return;
    const verdict = await rateLimiter.consume([verificationLimit(user.email, limits)]);
    if (verdict.isAllowed) await sendVerification(transaction, parts, user);
  });
}
