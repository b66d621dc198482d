import type { Limits } from "../../config/limits.ts";
import { inTransaction } from "../../platform/http/context.ts";
import type { MailContext } from "../../platform/mail/enqueue-mail.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import { lockUser } from "../users/lock-user.ts";
import { sendVerification, verificationLimit } from "./send-verification.ts";

type ResendContext = MailContext & { limits: Limits; rateLimiter: RateLimiter };

/** Mails another link to verify an address, unless the address is verified or got such a mail recently (R59). */
export function resendVerification(ctx: ResendContext, userId: string): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const user = await lockUser(ctx.em, userId);
    if (!user || user.emailVerifiedAt || user.disabledAt) return;
    const { isAllowed } = await ctx.rateLimiter.consume([verificationLimit(user.email, ctx.limits)]);
    if (isAllowed) await sendVerification(ctx, user);
  });
}
