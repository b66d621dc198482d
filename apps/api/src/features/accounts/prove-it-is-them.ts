import type { User } from "@yumroad/contract";
import type { EntityManager } from "../../db/database.ts";
import type { PasswordHasher } from "../../lib/password.ts";
import type { Limits } from "../../limits.ts";
import type { Throttle } from "../../throttle/throttle.ts";
import { type AttemptOrigin, drawsOf, settleRightAttempt } from "./login-budgets.ts";
import { type AccountForLogin, findAccountById } from "./queries.ts";

export interface ProofParts {
  em: EntityManager;
  hasher: PasswordHasher;
  throttle: Throttle;
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
  { em, hasher, throttle, limits }: ProofParts,
  { id, email }: Pick<User, "id" | "email">,
  password: string,
  origin: AttemptOrigin,
): Promise<ProofOutcome> {
  hasher.mustHaveRoom();
  const account = await findAccountById(em, id);
  const draws = drawsOf({ email: account?.user.email ?? email, accountId: id, origin, limits });
  const verdict = await throttle.take(draws.all);
  if (!verdict.isAllowed) return { kind: "too_many", retryAfterMs: verdict.retryAfterMs };
  const { isRight } = await hasher.verify(password, account?.passwordHash ?? null).catch(async (error) => {
    // Too busy to look at the password: that was no wrong one.
    await throttle.giveBack(draws.all);
    throw error;
  });
  if (!account || !isRight || account.isDisabled) return { kind: "refused" };
  await settleRightAttempt(throttle, draws);
  return { kind: "proven", account };
}
