import type { RateLimit } from "../../config/limits.ts";
import { emailKeyOf } from "../../identity/users/user.entity.ts";
import { hashKey } from "../../platform/http/ip-address.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";

interface MailToCount {
  /** Names the limit in the counter's key. */
  name: string;
  email: string;
  limit: RateLimit;
}

/** Counts a mail against a limit of its recipient. False: the recipient has had enough of them, so it is not to be sent. */
export async function takeMail(rateLimiter: RateLimiter, { name, email, limit }: MailToCount): Promise<boolean> {
  const { isAllowed } = await rateLimiter.consume([{ key: `${name}:${hashKey(emailKeyOf(email))}`, limit }]);
  return isAllowed;
}
