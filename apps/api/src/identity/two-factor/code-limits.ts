import type { Limits } from "../../config/limits.ts";
import { hashKey } from "../../platform/http/ip-address.ts";
import { type AttemptClient, type AttemptLimits, grantLimits, grantOf } from "../auth/login-limits.ts";
import type { AccountForLogin } from "../users/queries.ts";

interface Attempt {
  accountId: string;
  /** Null: the account was deleted during the request. */
  account: AccountForLogin | null;
  from: AttemptClient;
  limits: Limits;
  now: number;
}

/**
 * Returns the sets of limits of one attempt of a code, in the order in which they are tried. They are separate from the
 * limits of passwords, because an attacker who knows the password could reset those at any time. The account's own
 * limit counts attempts in every browser, known ones included: a code has a million values, and an attacker who knows
 * the password could make any number of browsers known (R56). When that limit is used up, a mailed link grants a
 * browser extra tries. A link for a password reset grants no tries for codes.
 */
export function codeLimits({ accountId, account, from, limits, now }: Attempt): AttemptLimits[] {
  const key = `codes:account:${accountId}`;
  const fromHere = { key: `${key}:${hashKey(from.ipKey)}`, limit: limits.wrongCodesFromAddress };
  const ofAccount = { key, limit: limits.wrongCodesForAccount };
  const usual = {
    all: [fromHere, ofAccount],
    lockingOut: [{ of: "codes", limitKey: ofAccount } as const],
    resetOnSuccess: [fromHere],
    refundedOnSuccess: [ofAccount],
    refundedOnFailure: [],
  };
  const grant = grantOf(account, from, now);
  return grant?.triesFor === "passwords-and-codes" ? [grantLimits("codes", grant, limits), usual] : [usual];
}
