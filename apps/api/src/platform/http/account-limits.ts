import { ACCOUNT_LIMITS, type AccountLimit, type Endpoint, needsUser } from "@yumroad/contract";
import type { LimitName, Limits } from "../../config/limits.ts";
import type { LimitKey, RateLimiter } from "../rate-limit/rate-limiter.ts";
import type { SessionRecord } from "../sessions/session-record.ts";

/**
 * Returns the limits that one call of an endpoint consumes: the session's limit for writes, and the account's limits
 * that the contract names for the endpoint. The session is identified by its login time, which stays the same when the
 * session rotates, so that rotating opens no new limit.
 */
export function limitsFor(endpoint: Endpoint, { user, loggedInAt }: SessionRecord, limits: Limits): LimitKey[] {
  if (endpoint.method === "GET" || !needsUser(endpoint)) return [];
  const ofSession = { key: `writesOfSession:${user.id}:${loggedInAt}`, limit: limits.writesOfSession };
  const ofAccount = (endpoint.limits ?? []).map((name) => ({ key: keyOf(name, user.id), limit: limits[name] }));
  return [ofSession, ...ofAccount];
}

/** Resets an account's limits, for an owner who has recovered the account from an intruder. */
export async function resetAccountLimits(rateLimiter: RateLimiter, userId: string): Promise<void> {
  await rateLimiter.reset(ACCOUNT_LIMITS.map((name) => keyOf(name, userId)));
}

function keyOf(name: AccountLimit & LimitName, userId: string): string {
  return `${name}:${userId}`;
}
