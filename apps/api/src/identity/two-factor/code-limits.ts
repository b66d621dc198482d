import type { Limits } from "../../config/limits.ts";
import { hashKey } from "../../platform/http/ip-address.ts";
import { type AttemptClient, type AttemptLimits, grantLimits, grantOf } from "../auth/login-limits.ts";
import type { AccountForLogin } from "../users/queries.ts";

interface Attempt {
  accountId: string;
  /** Null for an account that was deleted meanwhile. */
  account: AccountForLogin | null;
  from: AttemptClient;
  limits: Limits;
  now: number;
}

/**
 * The limits that one attempt of a code consumes, in the order in which they are tried. They are separate from those of
 * passwords, which an attacker who knows the password could reset at will. The account's own limit counts in every
 * browser, known ones too: a code has a million values, and an attacker who knows the password could make any number of
 * browsers known (R56). The link that is mailed once it is used up allows a browser some extra tries; a reset does not.
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
