import type { LoginInput } from "@yumroad/contract";
import type { Request } from "express";
import type { EntityManager } from "../../platform/db/database.ts";
import type { PasswordHasher } from "../../platform/lib/password-hasher.ts";
import type { TooMany } from "../../platform/rate-limit/limited.ts";
import type { SessionRecord } from "../../platform/sessions/session-record.ts";
import { beginSession } from "../sessions/begin-session.ts";
import type { SessionContext } from "../sessions/session-context.ts";
import { type AccountForLogin, findAccountByEmail } from "../users/queries.ts";
import {
  type AttemptClient,
  type AttemptLimits,
  consumeFirst,
  lockoutOf,
  loginLimits,
  refundFailedLogin,
  refundSuccessfulLogin,
} from "./login-limits.ts";
import { type LockoutContext, reportLockout } from "./report-lockout.ts";

export type LoginOutcome =
  /** `second_factor_pending`: the password was right, and the second factor is still missing. */
  | { kind: "logged_in" | "second_factor_pending"; session: SessionRecord; account: AccountForLogin }
  | { kind: "refused"; userId: string | null }
  | TooMany;

/** A port: tells if an account has a second factor, so that the password alone is not enough to log in. */
export type NeedsSecondFactor = (em: EntityManager, userId: string) => Promise<boolean>;

type LoginContext = LockoutContext & SessionContext & { hasher: PasswordHasher; needsSecondFactor: NeedsSecondFactor };

/**
 * Logs a person in: checks the hashing capacity, the limits and the password, and begins a session, in this order. An
 * unknown address, a wrong password and a disabled account get the same refusal after the same work.
 */
export async function logIn(
  ctx: LoginContext,
  req: Request,
  { input, from }: { input: LoginInput; from: AttemptClient },
): Promise<LoginOutcome> {
  const { em, clock, hasher, rateLimiter, limits, needsSecondFactor } = ctx;
  // Checks the capacity first: otherwise each refused attempt with a made-up address would leave counts in the rate
  // limiter.
  hasher.assertCapacity();
  const account = await findAccountByEmail(em, input.email);
  const choices = loginLimits({ email: input.email, account, from, limits, now: clock.now() });
  // Consumes the limits and checks the session store in one round trip. If the store is down, no login is possible, so
  // no password is hashed (R75).
  const { limitKeys, consumed } = await consumeIfPossible(ctx, req, choices);
  const report = () => reportLockout(ctx, { email: input.email, of: lockoutOf(limitKeys, consumed) });
  if (!consumed.isAllowed) {
    await report();
    return { kind: "too_many", retryAfterMs: consumed.retryAfterMs };
  }

  const { isRight, isOutdated } = await hasher
    .verify(input.password, account?.passwordHash ?? null)
    .catch(async (error) => {
      // The hasher is too busy, so the password was not verified and the attempt does not count as wrong.
      await rateLimiter.refund(limitKeys.all);
      throw error;
    });
  if (!account || !isRight || account.isDisabled) {
    await refundFailedLogin(rateLimiter, limitKeys);
    await report();
    return { kind: "refused", userId: account?.user.id ?? null };
  }
  const passwordHash = isOutdated ? await renewHash(ctx, account, input.password) : account.passwordHash;

  // The refund runs in parallel with storing the session, to save a round trip.
  const [session] = await Promise.all([
    beginSession(ctx, req, account, {
      isRemembered: input.remember ?? false,
      needsSecondFactor: (em) => needsSecondFactor(em, account.user.id),
      isProven: (now) => now.passwordHash === passwordHash,
    }),
    refundSuccessfulLogin(rateLimiter, limitKeys),
  ]);
  if (session === null) return { kind: "refused", userId: account.user.id };
  return { kind: session.isPending ? "second_factor_pending" : "logged_in", session, account };
}

/** Consumes the limits, and refunds them if no session can begin, since the password is not verified in that case. */
async function consumeIfPossible(
  { rateLimiter, sessions }: LoginContext,
  req: Request,
  choices: readonly AttemptLimits[],
) {
  const [taken, possible] = await Promise.allSettled([
    consumeFirst(rateLimiter, choices),
    sessions.assertCanBegin(req),
  ]);
  if (taken.status === "rejected") throw taken.reason;
  if (possible.status === "fulfilled") return taken.value;
  const { limitKeys, consumed } = taken.value;
  if (consumed.isAllowed) await rateLimiter.refund(limitKeys.all);
  throw possible.reason;
}

/** Hashes the password with the new cost or pepper while its plain text is at hand. Returns the new hash. */
async function renewHash(
  { em, hasher }: LoginContext,
  { user, passwordHash }: AccountForLogin,
  password: string,
): Promise<string> {
  const renewed = await hasher.hash(password);
  // Replaces only the hash that was verified, so that a concurrent change of password is kept. Does not raise the
  // version: the password is the same, so no login in progress, including this one, has to be checked again.
  const sql = "update users set password_hash = ? where id = ? and password_hash = ?";
  await em.execute(sql, [renewed, user.id, passwordHash]);
  return renewed;
}
