import type { Limits } from "../../config/limits.ts";
import { hashKey } from "../../platform/http/ip-address.ts";
import { type AttemptLimits, type AttemptOrigin, grantLimits, grantOf } from "../auth/login-limits.ts";
import type { AccountForLogin } from "../users/queries.ts";

interface Attempt {
  accountId: string;
  /** Null once it was deleted. */
  account: AccountForLogin | null;
  origin: AttemptOrigin;
  limits: Limits;
  now: number;
}

/**
 * The budgets that one try of a code draws on, in the order in which they are tried. They are no part of the passwords':
 * whoever knows the password could clear those at will. The account's own counts in every browser, known ones too: what
 * is guessed has a million values, and whoever knows the password could make browsers known without end (R56). The link
 * that is mailed when they are used up allows a browser some tries beside it; a reset does not.
 */
export function codeLimits({ accountId, account, origin, limits, now }: Attempt): AttemptLimits[] {
  const key = `codes:account:${accountId}`;
  const fromHere = { key: `${key}:${hashKey(origin.ipKey)}`, limit: limits.wrongCodesFromAddress };
  const ofAccount = { key, limit: limits.wrongCodesForAccount };
  const usual = {
    all: [fromHere, ofAccount],
    ofAccount: [{ of: "codes", limitKey: ofAccount } as const],
    cleared: [fromHere],
    returned: [ofAccount],
    ofRight: [],
  };
  const grant = grantOf(account, origin, now);
  return grant?.triesFor === "passwords-and-codes" ? [grantLimits("codes", grant, limits), usual] : [usual];
}
