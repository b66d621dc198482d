import { type Endpoint, endpoints, needsUser } from "@yumroad/contract";
import type { LimitName, Limits } from "../../config/limits.ts";
import type { LimitKey, RateLimiter } from "../rate-limit/rate-limiter.ts";
import type { SessionRecord } from "../sessions/session-record.ts";

/**
 * What the owner of an account can do only so often, since each time leaves a row or a mail behind. Each try counts
 * whose input is as the contract has it. What is counted otherwise (by address, or only when it was wrong) draws on its
 * budget where it is done. To take a factor away always works: whoever has got into an account could use that up, and
 * so keep what they have added.
 */
export const accountLimits: ReadonlyMap<Endpoint, LimitName> = new Map<Endpoint, LimitName>([
  [endpoints.account.change, "profileChanges"],
  [endpoints.password.change, "passwordChanges"],
  [endpoints.twoFactor.confirmTotp, "factorChanges"],
  [endpoints.twoFactor.renewRecoveryCodes, "factorChanges"],
  [endpoints.passkeys.add, "factorChanges"],
  [endpoints.privacy.requestDeletion, "deletionsAsked"],
  [endpoints.products.create, "productsOfAccount"],
  [endpoints.products.update, "productChanges"],
]);

/**
 * What one try of an endpoint draws on in a session: the session's budget for whatever it writes, and the account's for
 * this. A session keeps the time of its log-in under each new id, so that to turn the id opens no new budget.
 */
export function limitsFor(endpoint: Endpoint, { user, loggedInAt }: SessionRecord, limits: Limits): LimitKey[] {
  if (endpoint.method === "GET" || !needsUser(endpoint)) return [];
  const ofSession = { key: `writesOfSession:${user.id}:${loggedInAt}`, limit: limits.writesOfSession };
  const name = accountLimits.get(endpoint);
  return name === undefined ? [ofSession] : [ofSession, { key: keyOf(name, user.id), limit: limits[name] }];
}

/** Forgets what was used up of an account's budgets, for whoever has got it back from somebody else. */
export async function resetAccountLimits(rateLimiter: RateLimiter, userId: string): Promise<void> {
  await rateLimiter.reset([...new Set(accountLimits.values())].map((name) => keyOf(name, userId)));
}

function keyOf(name: LimitName, userId: string): string {
  return `${name}:${userId}`;
}
