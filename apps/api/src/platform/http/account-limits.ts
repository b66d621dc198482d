import { ACCOUNT_LIMITS, type AccountLimit, type Endpoint, needsUser } from "@yumroad/contract";
import type { LimitName, Limits } from "../../config/limits.ts";
import type { LimitKey, RateLimiter } from "../rate-limit/rate-limiter.ts";
import type { SessionRecord } from "../sessions/session-record.ts";

/**
 * The limits that one try of an endpoint consumes: the session's limit for writes, and those of the account that the
 * contract names. A session keeps its login time when it rotates, so rotating opens no new limit.
 */
export function limitsFor(endpoint: Endpoint, { user, loggedInAt }: SessionRecord, limits: Limits): LimitKey[] {
  if (endpoint.method === "GET" || !needsUser(endpoint)) return [];
  const ofSession = { key: `writesOfSession:${user.id}:${loggedInAt}`, limit: limits.writesOfSession };
  const ofAccount = (endpoint.limits ?? []).map((name) => ({ key: keyOf(name, user.id), limit: limits[name] }));
  return [ofSession, ...ofAccount];
}

/** Resets an account's limits, for an owner who has got the account back from an intruder. */
export async function resetAccountLimits(rateLimiter: RateLimiter, userId: string): Promise<void> {
  await rateLimiter.reset(ACCOUNT_LIMITS.map((name) => keyOf(name, userId)));
}

function keyOf(name: AccountLimit & LimitName, userId: string): string {
  return `${name}:${userId}`;
}
