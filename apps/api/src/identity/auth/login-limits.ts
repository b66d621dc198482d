import type { Request } from "express";
import type { Limits } from "../../config/limits.ts";
import type { RequestClient } from "../../platform/http/client-info.ts";
import { hashKey } from "../../platform/http/ip-address.ts";
import type { ConsumeResult, LimitKey, RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import { isStillKnown } from "../users/known-browsers.ts";
import type { AccountForLogin } from "../users/queries.ts";
import { emailKeyOf } from "../users/user.entity.ts";
import type { Grant, KnownBrowser, KnownBrowserCookie } from "./known-browser-cookie.ts";
import type { LockoutKind } from "./recovery-request.entity.ts";

/** The client that sends a password or a code. */
export interface AttemptClient {
  ipKey: string;
  /** Content of the known-browser cookie; null: the client sent no cookie that this server signed. */
  knownBrowser: KnownBrowser | null;
}

/** The part of an account that decides which browsers the account knows. */
export type AccountOfBrowsers = { user: Pick<AccountForLogin["user"], "id"> } & Pick<AccountForLogin, "browsers">;

interface ClientContext {
  client: RequestClient;
  knownBrowserCookie: KnownBrowserCookie;
}

export function attemptClient({ client, knownBrowserCookie }: ClientContext, req: Request): AttemptClient {
  return { ipKey: client.ipKey, knownBrowser: knownBrowserCookie.read(req) };
}

/** Returns the account's number for the browser, even a revoked one; null: none. */
export function numberOf(accountId: string | undefined, { knownBrowser }: AttemptClient): number | null {
  return knownBrowser?.knownTo.find((known) => known.accountId === accountId)?.number ?? null;
}

/**
 * Returns the account's number for the browser; null: the account does not know the browser, or does not know it any
 * more.
 */
export function knownNumberOf(
  account: AccountOfBrowsers | null,
  from: AttemptClient,
  limits: Pick<Limits, "knownBrowsersPerAccount">,
): number | null {
  const number = numberOf(account?.user.id, from);
  return number !== null && account && isStillKnown(number, account.browsers, limits) ? number : null;
}

/** Returns the valid tries that a mailed link grants to the browser for an account; null: none. */
export function grantOf(account: AccountOfBrowsers | null, { knownBrowser }: AttemptClient, now: number): Grant | null {
  const grant = knownBrowser?.grants.find(({ accountId }) => accountId === account?.user.id);
  return grant && grant.endsAt > now && grant.revoked === account?.browsers.revoked ? grant : null;
}

export interface AttemptLimits {
  all: LimitKey[];
  /** Limits that, once used up, lock every stranger out. The owner gets a mail about this. */
  lockingOut: { of: LockoutKind; limitKey: LimitKey }[];
  /** Limits that a success resets. No other person consumes these limits. */
  resetOnSuccess: LimitKey[];
  /** Limits of wrong attempts that other people consume too. A success refunds the attempt. */
  refundedOnSuccess: LimitKey[];
  /** Limits of successful attempts: a failure refunds the attempt. */
  refundedOnFailure: LimitKey[];
}

interface Attempt {
  email: string;
  account: AccountForLogin | null;
  from: AttemptClient;
  limits: Limits;
  now: number;
}

/**
 * Returns the sets of limits of one password attempt, in the order in which they are tried: the attempt consumes the
 * first set that is not used up. A browser that the account knows has a limit of its own, so that wrong passwords of
 * strangers can't lock the owner out. A browser in which a mailed link was followed has one too. Every other browser
 * consumes three limits, even if no such account exists: of the account from the browser's IP address, of the account,
 * and of that IP address. Right passwords are limited too, because each costs a hash. Source: OWASP, "Device Cookies".
 */
export function loginLimits({ email, account, from, limits, now }: Attempt): AttemptLimits[] {
  const grant = grantOf(account, from, now);
  const usual = defaultLimits({ email, account, from, limits });
  return grant ? [grantLimits("passwords", grant, limits), usual] : [usual];
}

/**
 * Returns the limits of tries granted by a mailed link. A right proof also consumes a try, which is harmless: the login
 * succeeds.
 */
export function grantLimits(of: "passwords" | "codes", { id }: Grant, { triesByLink }: Limits): AttemptLimits {
  const all = [{ key: `link:${of}:${id}`, limit: triesByLink }];
  return { all, lockingOut: [], resetOnSuccess: [], refundedOnSuccess: [], refundedOnFailure: [] };
}

function defaultLimits({ email, account, from, limits }: Omit<Attempt, "now">): AttemptLimits {
  const number = knownNumberOf(account, from, limits);
  if (number !== null) {
    const key = `device:${account?.user.id}:${number}`;
    const own = { key, limit: limits.wrongPasswordsFromKnownBrowser };
    const right = { key: `log-ins:${key}`, limit: limits.loginsOfAccount };
    return {
      all: [own, right],
      lockingOut: [],
      resetOnSuccess: [own],
      refundedOnSuccess: [],
      refundedOnFailure: [right],
    };
  }
  const fromKey = hashKey(from.ipKey);
  const { account: accountKey, fromHere: fromHereKey } = strangerKeys(email, from.ipKey);
  const fromHere = { key: fromHereKey, limit: limits.wrongPasswordsFromAddress };
  const wrongForAccount = { key: accountKey, limit: limits.wrongPasswordsForAccount };
  const shared = [wrongForAccount, { key: `address:${fromKey}`, limit: limits.wrongPasswordsOfAddress }];
  const rightForAccount = { key: `log-ins:${accountKey}`, limit: limits.loginsOfAccount };
  const refundedOnFailure = [rightForAccount, { key: `log-ins:address:${fromKey}`, limit: limits.loginsOfAddress }];
  const lockingOut = [
    { of: "passwords", limitKey: wrongForAccount } as const,
    { of: "log_ins", limitKey: rightForAccount } as const,
  ];
  return {
    all: [fromHere, ...shared, ...refundedOnFailure],
    lockingOut,
    resetOnSuccess: [fromHere],
    refundedOnSuccess: shared,
    refundedOnFailure,
  };
}

function strangerKeys(email: string, ipKey: string) {
  const account = `account:${hashKey(emailKeyOf(email))}`;
  return { account, fromHere: `${account}:${hashKey(ipKey)}` };
}

/** Consumes the first set of limits that is not used up. If all are used up, the result is that of the last set. */
export async function consumeFirst(
  rateLimiter: RateLimiter,
  [first, ...others]: readonly AttemptLimits[],
): Promise<{ limitKeys: AttemptLimits; consumed: ConsumeResult }> {
  if (first === undefined) throw new Error("An attempt has limits");
  const consumed = await rateLimiter.consume(first.all);
  return consumed.isAllowed || others.length === 0 ? { limitKeys: first, consumed } : consumeFirst(rateLimiter, others);
}

/**
 * Returns the lockout of strangers that this attempt has caused, or that was in force already; null: none. The limit of
 * right passwords (`log_ins`) counts only if the attempt was refused, because a wrong password that uses this limit up
 * is refunded.
 */
export function lockoutOf({ lockingOut }: AttemptLimits, { isAllowed, spent }: ConsumeResult): LockoutKind | null {
  const found = lockingOut.find(({ of, limitKey }) => spent.includes(limitKey.key) && !(isAllowed && of === "log_ins"));
  return found?.of ?? null;
}

/**
 * After a successful login: resets the limits that only this client consumes, and refunds the attempt to the shared
 * ones.
 */
export async function refundSuccessfulLogin(
  rateLimiter: RateLimiter,
  { resetOnSuccess, refundedOnSuccess }: AttemptLimits,
): Promise<void> {
  await Promise.all([
    rateLimiter.reset(resetOnSuccess.map(({ key }) => key)),
    refundedOnSuccess.length > 0 && rateLimiter.refund(refundedOnSuccess),
  ]);
}

export async function refundFailedLogin(rateLimiter: RateLimiter, { refundedOnFailure }: AttemptLimits): Promise<void> {
  if (refundedOnFailure.length > 0) await rateLimiter.refund(refundedOnFailure);
}

/**
 * Resets the password limits of an account after its owner has recovered the account by a mailed link: the limits of
 * the account, and of the account from the owner's IP address. The limits of wrong codes are not reset: otherwise a
 * reader of the mailbox could guess codes without end.
 */
export async function resetLoginLimits(rateLimiter: RateLimiter, email: string, ipKey: string): Promise<void> {
  const { account, fromHere } = strangerKeys(email, ipKey);
  await rateLimiter.reset([account, fromHere, `log-ins:${account}`]);
}
