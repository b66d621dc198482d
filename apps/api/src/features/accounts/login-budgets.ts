import type { Request } from "express";
import { blur, neighbourhoodOf } from "../../http/address.ts";
import type { Limits } from "../../limits.ts";
import type { Draw, Throttle } from "../../throttle/throttle.ts";
import type { DeviceCookie } from "./device-cookie.ts";
import { emailKeyOf } from "./user.entity.ts";

/** Where an attempt to prove who one is comes from. */
export interface AttemptOrigin {
  neighbourhood: string;
  /** The browser, and the accounts that have logged in there before. */
  device: { id: string; accountIds: readonly string[] } | null;
}

export function originOfAttempt(req: Request, devices: DeviceCookie): AttemptOrigin {
  return { neighbourhood: neighbourhoodOf(req.ip), device: devices.read(req) };
}

/** Whether the account has logged in from there before. */
export function isKnownTo(accountId: string | null, { device }: AttemptOrigin): boolean {
  return device !== null && accountId !== null && device.accountIds.includes(accountId);
}

export interface AttemptDraws {
  all: Draw[];
  /** Counts that a right one sets back to nothing: only those that nobody else draws on. */
  cleared: Draw[];
  /** Counts that a right one takes its own attempt back from. */
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
export function drawsOf({ email, accountId, origin, limits }: Attempt): AttemptDraws {
  if (isKnownTo(accountId, origin)) {
    const own = { key: `device:${origin.device?.id}:${accountId}`, budget: limits.wrongPasswordsFromDevice };
    return { all: [own], cleared: [own], returned: [] };
  }
  const account = blur(emailKeyOf(email));
  const from = blur(origin.neighbourhood);
  const fromHere = { key: `account:${account}:${from}`, budget: limits.wrongPasswordsFromAddress };
  const shared = [
    { key: `account:${account}`, budget: limits.wrongPasswordsForAccount },
    { key: `address:${from}`, budget: limits.wrongPasswordsOfAddress },
  ];
  return { all: [fromHere, ...shared], cleared: [fromHere], returned: shared };
}

/** After a right one: forgets the wrong ones that were this person's, and takes this attempt off the rest. */
export async function settleRightAttempt(throttle: Throttle, { cleared, returned }: AttemptDraws): Promise<void> {
  await Promise.all([
    throttle.reset(cleared.map(({ key }) => key)),
    returned.length > 0 && throttle.giveBack(returned),
  ]);
}
