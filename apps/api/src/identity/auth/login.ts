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
  /** `second_factor_pending`: the password was right, and a second factor is required. */
  | { kind: "logged_in" | "second_factor_pending"; session: SessionRecord; account: AccountForLogin }
  | { kind: "refused"; userId: string | null }
  | TooMany;

/** A port: tells if an account has a second factor, so that its password alone is not enough to log in. */
export type NeedsSecondFactor = (em: EntityManager, userId: string) => Promise<boolean>;

type LoginContext = LockoutContext & SessionContext & { hasher: PasswordHasher; needsSecondFactor: NeedsSecondFactor };

/**
 * Logs a person in: capacity, limits, password, session, in this order. An unknown address, a wrong password and a
 * disabled account get the same refusal after the same work.
 */
export async function logIn(
  ctx: LoginContext,
  req: Request,
  { input, from }: { input: LoginInput; from: AttemptClient },
): Promise<LoginOutcome> {
  const { em, clock, hasher, rateLimiter, limits, needsSecondFactor } = ctx;
  // First of all: a refused attempt would otherwise leave its counts behind, one for each made-up address.
  hasher.assertCapacity();
  const account = await findAccountByEmail(em, input.email);
  const choices = loginLimits({ email: input.email, account, from, limits, now: clock.now() });
  // Both in one round trip. Without the session store there is no login, and so no reason to hash (R75).
  const { limitKeys, consumed } = await consumeIfPossible(ctx, req, choices);
  const report = () => reportLockout(ctx, { email: input.email, of: lockoutOf(limitKeys, consumed) });
  if (!consumed.isAllowed) {
    await report();
    return { kind: "too_many", retryAfterMs: consumed.retryAfterMs };
  }

  const { isRight, isOutdated } = await hasher
    .verify(input.password, account?.passwordHash ?? null)
    .catch(async (error) => {
      // Too busy to verify the password: it does not count as wrong.
      await rateLimiter.refund(limitKeys.all);
      throw error;
    });
  if (!account || !isRight || account.isDisabled) {
    await refundFailedLogin(rateLimiter, limitKeys);
    await report();
    return { kind: "refused", userId: account?.user.id ?? null };
  }
  const passwordHash = isOutdated ? await renewHash(ctx, account, input.password) : account.passwordHash;

  // Sent together with the session's own write: no further round trip.
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

/** Consumes the limits, and refunds them when no session can begin, since the password is not verified then. */
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

/** Rehashes the password with a new cost or pepper while it is at hand. Returns the hash that is stored then. */
async function renewHash(
  { em, hasher }: LoginContext,
  { user, passwordHash }: AccountForLogin,
  password: string,
): Promise<string> {
  const renewed = await hasher.hash(password);
  // Writes only over the hash that was compared: a password changed meanwhile stays changed. The version stays: the
  // password is the same, and a login in progress (this one too) has nothing to notice.
  const sql = "update users set password_hash = ? where id = ? and password_hash = ?";
  await em.execute(sql, [renewed, user.id, passwordHash]);
  return renewed;
}
