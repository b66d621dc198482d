import { type Endpoint, endpoints, needsUser } from "@yumroad/contract";
import type { BudgetName, Limits } from "../../config/limits.ts";
import type { Draw, Throttle } from "../rate-limit/rate-limiter.ts";
import type { SessionRecord } from "../sessions/session-record.ts";

/**
 * What the owner of an account can do only so often, since each time leaves a row or a mail behind. Each try counts
 * whose input is as the contract has it. What is counted otherwise (by address, or only when it was wrong) draws on its
 * budget where it is done. To take a factor away always works: whoever has got into an account could use that up, and
 * so keep what they have added.
 */
export const accountBudgets: ReadonlyMap<Endpoint, BudgetName> = new Map<Endpoint, BudgetName>([
  [endpoints.changeProfile, "profileChanges"],
  [endpoints.changePassword, "passwordChanges"],
  [endpoints.confirmTotp, "factorChanges"],
  [endpoints.renewRecoveryCodes, "factorChanges"],
  [endpoints.addPasskey, "factorChanges"],
  [endpoints.askForDeletion, "deletionsAsked"],
  [endpoints.createProduct, "productsOfAccount"],
  [endpoints.updateProduct, "productChanges"],
]);

/**
 * What one try of an endpoint draws on in a session: the session's budget for whatever it writes, and the account's for
 * this. A session keeps the time of its log-in under each new id, so that to turn the id opens no new budget.
 */
export function drawsOf(endpoint: Endpoint, { user, loggedInAt }: SessionRecord, limits: Limits): Draw[] {
  if (endpoint.method === "GET" || !needsUser(endpoint)) return [];
  const ofSession = { key: `writesOfSession:${user.id}:${loggedInAt}`, budget: limits.writesOfSession };
  const name = accountBudgets.get(endpoint);
  return name === undefined ? [ofSession] : [ofSession, { key: keyOf(name, user.id), budget: limits[name] }];
}

/** Forgets what was used up of an account's budgets, for whoever has got it back from somebody else. */
export async function liftAccountBudgets(throttle: Throttle, userId: string): Promise<void> {
  await throttle.reset([...new Set(accountBudgets.values())].map((name) => keyOf(name, userId)));
}

function keyOf(name: BudgetName, userId: string): string {
  return `${name}:${userId}`;
}
