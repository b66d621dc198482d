import { blur } from "../../http/address.ts";
import type { Limits } from "../../limits.ts";
import type { Draw, Throttle } from "../../throttle/throttle.ts";
import { emailKeyOf } from "./user.entity.ts";

/** Where an attempt to log in comes from. */
export interface AttemptOrigin {
  neighbourhood: string;
  /** The browser, and the accounts that have logged in there before. */
  device: { id: string; accountIds: readonly string[] } | null;
}

export interface LoginDraws {
  all: Draw[];
  /** Counts that a right password sets back to nothing: only those that nobody else draws on. */
  cleared: Draw[];
  /** Counts that a right password takes its own attempt back from. */
  returned: Draw[];
}

interface Attempt {
  email: string;
  accountId: string | null;
  origin: AttemptOrigin;
  limits: Limits;
}

/**
 * The budgets that one attempt draws on. A browser that has logged in to this account before has one of its own, so
 * that nobody else's wrong passwords can lock the owner out; everybody else draws on three, whether or not there is
 * such an account. Source: OWASP, "Device Cookies".
 */
export function drawsOf({ email, accountId, origin: { neighbourhood, device }, limits }: Attempt): LoginDraws {
  if (device && accountId !== null && device.accountIds.includes(accountId)) {
    const own = { key: `device:${device.id}:${accountId}`, budget: limits.wrongPasswordsFromDevice };
    return { all: [own], cleared: [own], returned: [] };
  }
  const account = blur(emailKeyOf(email));
  const from = blur(neighbourhood);
  const fromHere = { key: `account:${account}:${from}`, budget: limits.wrongPasswordsFromAddress };
  const shared = [
    { key: `account:${account}`, budget: limits.wrongPasswordsForAccount },
    { key: `address:${from}`, budget: limits.wrongPasswordsOfAddress },
  ];
  return { all: [fromHere, ...shared], cleared: [fromHere], returned: shared };
}

/** After a right password: forgets the wrong ones that were this person's, and takes this attempt off the rest. */
export async function settleRightPassword(throttle: Throttle, { cleared, returned }: LoginDraws): Promise<void> {
  await Promise.all([
    throttle.reset(cleared.map(({ key }) => key)),
    returned.length > 0 && throttle.giveBack(returned),
  ]);
}
