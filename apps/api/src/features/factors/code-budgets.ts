import { blur } from "../../http/address.ts";
import type { Limits } from "../../limits.ts";
import { type AttemptDraws, type AttemptOrigin, isKnownTo } from "../accounts/login-budgets.ts";

/**
 * The budgets that one try of a code draws on. They are no part of the passwords': whoever knows the password could
 * clear those at will. A browser in which the account has logged in has one of its own here as well, so that somebody
 * who knows the password can't lock its owner out; everybody else shares the account's.
 */
export function codeDrawsOf(accountId: string, origin: AttemptOrigin, limits: Limits): AttemptDraws {
  if (isKnownTo(accountId, origin)) {
    const own = { key: `codes:device:${origin.device?.id}:${accountId}`, budget: limits.wrongCodesFromDevice };
    return { all: [own], cleared: [own], returned: [] };
  }
  const fromHere = {
    key: `codes:account:${accountId}:${blur(origin.neighbourhood)}`,
    budget: limits.wrongCodesFromAddress,
  };
  const shared = [{ key: `codes:account:${accountId}`, budget: limits.wrongCodesForAccount }];
  return { all: [fromHere, ...shared], cleared: [fromHere], returned: shared };
}
