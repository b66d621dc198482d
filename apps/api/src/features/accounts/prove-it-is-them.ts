import type { User } from "@yumroad/contract";
import type { PasswordHasher } from "../../lib/password.ts";
import type { Limits } from "../../limits.ts";
import { type LockoutParts, reportLockout } from "../recovery/report-lockout.ts";
import {
  type AttemptOrigin,
  lockoutOf,
  passwordDrawsOf,
  settleRightAttempt,
  settleWrongAttempt,
  takeFirstOf,
} from "./login-budgets.ts";
import { type AccountForLogin, findAccountById } from "./queries.ts";

export interface ProofParts extends LockoutParts {
  hasher: PasswordHasher;
  limits: Limits;
}

export type ProofOutcome =
  | { kind: "proven"; account: AccountForLogin }
  | { kind: "refused" }
  | { kind: "too_many"; retryAfterMs: number };

/**
 * Looks whether somebody who is logged in still knows the password. Wrong ones are counted as at the log-in and
 * together with those: a session left open somewhere is no way around the limits (R54).
 */
export async function proveItIsThem(
  parts: ProofParts,
  { id, email: formerEmail }: Pick<User, "id" | "email">,
  password: string,
  origin: AttemptOrigin,
): Promise<ProofOutcome> {
  const { em, clock, hasher, throttle, limits } = parts;
  hasher.mustHaveRoom();
  const account = await findAccountById(em, id);
  const email = account?.user.email ?? formerEmail;
  const choices = passwordDrawsOf({ email, account, origin, limits, now: clock.now() });
  const { draws, verdict } = await takeFirstOf(throttle, choices);
  const report = () => reportLockout(parts, { email, of: lockoutOf(draws, verdict) });
  if (!verdict.isAllowed) {
    await report();
    return { kind: "too_many", retryAfterMs: verdict.retryAfterMs };
  }
  const { isRight } = await hasher.verify(password, account?.passwordHash ?? null).catch(async (error) => {
    // Too busy to look at the password: that was no wrong one.
    await throttle.giveBack(draws.all);
    throw error;
  });
  if (!account || !isRight || account.isDisabled) {
    await settleWrongAttempt(throttle, draws);
    await report();
    return { kind: "refused" };
  }
  await settleRightAttempt(throttle, draws);
  return { kind: "proven", account };
}
