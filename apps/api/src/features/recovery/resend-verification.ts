import type { EntityManager } from "../../db/database.ts";
import type { Limits } from "../../limits.ts";
import type { Throttle } from "../../throttle/throttle.ts";
import { lockUser } from "../accounts/lock-user.ts";
import type { MailParts } from "../mail/enqueue-mail.ts";
import { sendVerification, verificationDraw } from "./send-verification.ts";

interface Parts extends MailParts {
  em: EntityManager;
  limits: Limits;
  throttle: Throttle;
}

/** Sends another mail to confirm an address, unless it is confirmed, or one was sent a moment ago (R59). */
export async function resendVerification(parts: Parts, userId: string): Promise<void> {
  const { em, limits, throttle } = parts;
  await em.transactional(async (transaction) => {
    const user = await lockUser(transaction, userId);
    if (!user || user.emailVerifiedAt || user.disabledAt) return;
    const verdict = await throttle.take([verificationDraw(user.email, limits)]);
    if (verdict.isAllowed) await sendVerification(transaction, parts, user);
  });
}
