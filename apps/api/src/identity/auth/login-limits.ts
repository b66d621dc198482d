import type { Request } from "express";
import type { Limits } from "../../config/limits.ts";
import { hashKey, ipRateLimitKey } from "../../platform/http/ip-address.ts";
import type { ConsumeResult, LimitKey, RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import { isStillKnown } from "../users/known-browsers.ts";
import type { AccountForLogin } from "../users/queries.ts";
import { emailKeyOf } from "../users/user.entity.ts";
import type { Device, Grant, KnownBrowserCookie } from "./known-browser-cookie.ts";
import type { LockoutKind } from "./recovery-request.entity.ts";

/** Where an attempt to prove who one is comes from. */
export interface AttemptOrigin {
  ipKey: string;
  /** What we have noted in the browser. */
  device: Device | null;
}

/** What of an account decides which browsers it knows. */
export type AccountOfBrowsers = { user: Pick<AccountForLogin["user"], "id"> } & Pick<AccountForLogin, "browsers">;

export function originOfAttempt(req: Request, devices: KnownBrowserCookie): AttemptOrigin {
  return { ipKey: ipRateLimitKey(req.ip), device: devices.read(req) };
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

export interface AttemptLimits {
  all: LimitKey[];
  /** Those that keep every stranger out once one is used up: its owner should know. */
  ofAccount: { of: LockoutKind; limitKey: LimitKey }[];
  /** Counts that a right one sets back to nothing: only those that nobody else draws on. */
  cleared: LimitKey[];
  /** Counts that a right one takes its own attempt back from. */
  returned: LimitKey[];
  /** Counts of right ones: a wrong one takes its own attempt back from them. */
  ofRight: LimitKey[];
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
export function loginLimits({ email, account, origin, limits, now }: Attempt): AttemptLimits[] {
  const grant = grantOf(account, origin, now);
  const usual = defaultLimits({ email, account, origin, limits });
  return grant ? [grantLimits("passwords", grant, limits), usual] : [usual];
}

/** A right one is a try as well: it is in the account by then, and needs no other. */
export function grantLimits(of: "passwords" | "codes", { id }: Grant, { triesByLink }: Limits): AttemptLimits {
  const all = [{ key: `link:${of}:${id}`, limit: triesByLink }];
  return { all, ofAccount: [], cleared: [], returned: [], ofRight: [] };
}

function defaultLimits({ email, account, origin, limits }: Omit<Attempt, "now">): AttemptLimits {
  const number = knownNumberOf(account, origin, limits);
  if (number !== null) {
    const key = `device:${account?.user.id}:${number}`;
    const own = { key, limit: limits.wrongPasswordsFromKnownBrowser };
    const right = { key: `log-ins:${key}`, limit: limits.loginsOfAccount };
    return { all: [own, right], ofAccount: [], cleared: [own], returned: [], ofRight: [right] };
  }
  const from = hashKey(origin.ipKey);
  const { account: accountKey, fromHere: fromHereKey } = strangerKeys(email, origin.ipKey);
  const fromHere = { key: fromHereKey, limit: limits.wrongPasswordsFromAddress };
  const wrongForAccount = { key: accountKey, limit: limits.wrongPasswordsForAccount };
  const shared = [wrongForAccount, { key: `address:${from}`, limit: limits.wrongPasswordsOfAddress }];
  const rightForAccount = { key: `log-ins:${accountKey}`, limit: limits.loginsOfAccount };
  const ofRight = [rightForAccount, { key: `log-ins:address:${from}`, limit: limits.loginsOfAddress }];
  const ofAccount = [
    { of: "passwords", limitKey: wrongForAccount } as const,
    { of: "log_ins", limitKey: rightForAccount } as const,
  ];
  return { all: [fromHere, ...shared, ...ofRight], ofAccount, cleared: [fromHere], returned: shared, ofRight };
}

function strangerKeys(email: string, ipKey: string) {
  const account = `account:${hashKey(emailKeyOf(email))}`;
  return { account, fromHere: `${account}:${hashKey(ipKey)}` };
}

/** Takes the first of several that is not used up; when all are, the last one's verdict stands. */
export async function consumeFirst(
  rateLimiter: RateLimiter,
  [first, ...others]: readonly AttemptLimits[],
): Promise<{ limitKeys: AttemptLimits; verdict: ConsumeResult }> {
  if (first === undefined) throw new Error("An attempt draws on something");
  const verdict = await rateLimiter.consume(first.all);
  return verdict.isAllowed || others.length === 0 ? { limitKeys: first, verdict } : consumeFirst(rateLimiter, others);
}

/**
 * What keeps strangers out of the account since this attempt, or before it; null for nothing. A wrong one gives back what
 * it has taken of right ones, so that those keep somebody out only where an attempt was refused.
 */
export function lockoutOf({ ofAccount }: AttemptLimits, { isAllowed, spent }: ConsumeResult): LockoutKind | null {
  const found = ofAccount.find(({ of, limitKey }) => spent.includes(limitKey.key) && !(isAllowed && of === "log_ins"));
  return found?.of ?? null;
}

/** After a right one: forgets the wrong ones that were this person's, and takes this attempt off the rest. */
export async function refundSuccessfulLogin(
  rateLimiter: RateLimiter,
  { cleared, returned }: AttemptLimits,
): Promise<void> {
  await Promise.all([
    rateLimiter.reset(cleared.map(({ key }) => key)),
    returned.length > 0 && rateLimiter.refund(returned),
  ]);
}

export async function refundFailedLogin(rateLimiter: RateLimiter, { ofRight }: AttemptLimits): Promise<void> {
  if (ofRight.length > 0) await rateLimiter.refund(ofRight);
}

/**
 * Forgets what strangers' passwords have used up of an account, for whoever has got it back by a mailed link: for the
 * account, and for it from where they are. Not wrong codes: whoever reads the mailbox could guess those without end.
 */
export async function resetLoginLimits(rateLimiter: RateLimiter, email: string, ipKey: string): Promise<void> {
  const { account, fromHere } = strangerKeys(email, ipKey);
  await rateLimiter.reset([account, fromHere, `log-ins:${account}`]);
}
