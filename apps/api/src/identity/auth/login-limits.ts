import type { Request } from "express";
import type { Limits } from "../../config/limits.ts";
import { blur, neighbourhoodOf } from "../../platform/http/ip-address.ts";
import type { Draw, Throttle, Verdict } from "../../platform/rate-limit/rate-limiter.ts";
import { isStillKnown } from "../users/known-browsers.ts";
import type { AccountForLogin } from "../users/queries.ts";
import { emailKeyOf } from "../users/user.entity.ts";
import type { Device, DeviceCookie, Grant } from "./known-browser-cookie.ts";
import type { LockoutKind } from "./recovery-request.entity.ts";

/** Where an attempt to prove who one is comes from. */
export interface AttemptOrigin {
  neighbourhood: string;
  /** What we have noted in the browser. */
  device: Device | null;
}

/** What of an account decides which browsers it knows. */
export type AccountOfBrowsers = { user: Pick<AccountForLogin["user"], "id"> } & Pick<AccountForLogin, "browsers">;

export function originOfAttempt(req: Request, devices: DeviceCookie): AttemptOrigin {
  return { neighbourhood: neighbourhoodOf(req.ip), device: devices.read(req) };
}

/** The number that an account has given the browser, whether or not it still knows it; null for none. */
export function numberOf(accountId: string | undefined, { device }: AttemptOrigin): number | null {
  return device?.knownTo.find((known) => known.accountId === accountId)?.number ?? null;
}

/** The number by which an account knows the browser; null for a stranger's. */
export function knownNumberOf(
  account: AccountOfBrowsers | null,
  origin: AttemptOrigin,
  limits: Pick<Limits, "knownBrowsersPerAccount">,
): number | null {
  const number = numberOf(account?.user.id, origin);
  return number !== null && account && isStillKnown(number, account.browsers, limits) ? number : null;
}

/** The tries that a mailed link allows the browser for an account, as long as they last; null for none. */
export function grantOf(account: AccountOfBrowsers | null, { device }: AttemptOrigin, now: number): Grant | null {
  const grant = device?.grants.find(({ accountId }) => accountId === account?.user.id);
  return grant && grant.endsAt > now && grant.revoked === account?.browsers.revoked ? grant : null;
}

export interface AttemptDraws {
  all: Draw[];
  /** Those that keep every stranger out once one is used up: its owner should know. */
  ofAccount: { of: LockoutKind; draw: Draw }[];
  /** Counts that a right one sets back to nothing: only those that nobody else draws on. */
  cleared: Draw[];
  /** Counts that a right one takes its own attempt back from. */
  returned: Draw[];
  /** Counts of right ones: a wrong one takes its own attempt back from them. */
  ofRight: Draw[];
}

interface Attempt {
  email: string;
  account: AccountForLogin | null;
  origin: AttemptOrigin;
  limits: Limits;
  now: number;
}

/**
 * The budgets that one attempt of a password draws on, in the order in which they are tried. A browser that the account
 * knows has one of its own, so that nobody else's wrong passwords can lock the owner out, and so has one in which a
 * mailed link was followed; everybody else draws on three, whether or not there is such an account. Right ones are
 * counted too: each costs a hash. Source: OWASP, "Device Cookies".
 */
export function passwordDrawsOf({ email, account, origin, limits, now }: Attempt): AttemptDraws[] {
  const grant = grantOf(account, origin, now);
  const usual = usualDrawsOf({ email, account, origin, limits });
  return grant ? [drawsOfGrant("passwords", grant, limits), usual] : [usual];
}

/** A right one is a try as well: it is in the account by then, and needs no other. */
export function drawsOfGrant(of: "passwords" | "codes", { id }: Grant, { triesByLink }: Limits): AttemptDraws {
  const all = [{ key: `link:${of}:${id}`, budget: triesByLink }];
  return { all, ofAccount: [], cleared: [], returned: [], ofRight: [] };
}

function usualDrawsOf({ email, account, origin, limits }: Omit<Attempt, "now">): AttemptDraws {
  const number = knownNumberOf(account, origin, limits);
  if (number !== null) {
    const key = `device:${account?.user.id}:${number}`;
    const own = { key, budget: limits.wrongPasswordsFromDevice };
    const right = { key: `log-ins:${key}`, budget: limits.logInsOfAccount };
    return { all: [own, right], ofAccount: [], cleared: [own], returned: [], ofRight: [right] };
  }
  const from = blur(origin.neighbourhood);
  const { account: accountKey, fromHere: fromHereKey } = keysOfStrangers(email, origin.neighbourhood);
  const fromHere = { key: fromHereKey, budget: limits.wrongPasswordsFromAddress };
  const wrongForAccount = { key: accountKey, budget: limits.wrongPasswordsForAccount };
  const shared = [wrongForAccount, { key: `address:${from}`, budget: limits.wrongPasswordsOfAddress }];
  const rightForAccount = { key: `log-ins:${accountKey}`, budget: limits.logInsOfAccount };
  const ofRight = [rightForAccount, { key: `log-ins:address:${from}`, budget: limits.logInsOfAddress }];
  const ofAccount = [
    { of: "passwords", draw: wrongForAccount } as const,
    { of: "log_ins", draw: rightForAccount } as const,
  ];
  return { all: [fromHere, ...shared, ...ofRight], ofAccount, cleared: [fromHere], returned: shared, ofRight };
}

function keysOfStrangers(email: string, neighbourhood: string) {
  const account = `account:${blur(emailKeyOf(email))}`;
  return { account, fromHere: `${account}:${blur(neighbourhood)}` };
}

/** Takes the first of several that is not used up; when all are, the last one's verdict stands. */
export async function takeFirstOf(
  throttle: Throttle,
  [first, ...others]: readonly AttemptDraws[],
): Promise<{ draws: AttemptDraws; verdict: Verdict }> {
  if (first === undefined) throw new Error("An attempt draws on something");
  const verdict = await throttle.take(first.all);
  return verdict.isAllowed || others.length === 0 ? { draws: first, verdict } : takeFirstOf(throttle, others);
}

/**
 * What keeps strangers out of the account since this attempt, or before it; null for nothing. A wrong one gives back what
 * it has taken of right ones, so that those keep somebody out only where an attempt was refused.
 */
export function lockoutOf({ ofAccount }: AttemptDraws, { isAllowed, spent }: Verdict): LockoutKind | null {
  const found = ofAccount.find(({ of, draw }) => spent.includes(draw.key) && !(isAllowed && of === "log_ins"));
  return found?.of ?? null;
}

/** After a right one: forgets the wrong ones that were this person's, and takes this attempt off the rest. */
export async function settleRightAttempt(throttle: Throttle, { cleared, returned }: AttemptDraws): Promise<void> {
  await Promise.all([
    throttle.reset(cleared.map(({ key }) => key)),
    returned.length > 0 && throttle.giveBack(returned),
  ]);
}

export async function settleWrongAttempt(throttle: Throttle, { ofRight }: AttemptDraws): Promise<void> {
  if (ofRight.length > 0) await throttle.giveBack(ofRight);
}

/**
 * Forgets what strangers' passwords have used up of an account, for whoever has got it back by a mailed link: for the
 * account, and for it from where they are. Not wrong codes: whoever reads the mailbox could guess those without end.
 */
export async function liftWrongPasswords(throttle: Throttle, email: string, neighbourhood: string): Promise<void> {
  const { account, fromHere } = keysOfStrangers(email, neighbourhood);
  await throttle.reset([account, fromHere, `log-ins:${account}`]);
}
