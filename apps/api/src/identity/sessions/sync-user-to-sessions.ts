import type { User } from "@yumroad/contract";
import { withEm } from "../../platform/http/context.ts";
import { describeUser } from "../users/describe-user.ts";
import { findAccountById } from "../users/queries.ts";
import type { SessionContext } from "./session-context.ts";

/**
 * Each further try means that the user was changed once more meanwhile, which an account may be only so many times a
 * day (`limits.profileChanges` and its like): far more than that, and still an end.
 */
const TRIES = 200;

/**
 * Writes a user, as they are by now, into each of their sessions. Looks again afterwards: of two changes at once, the
 * later one may have written first, and the sessions would keep what the earlier one had read.
 * Throws SessionStoreUnavailable. Null: no such user.
 */
export async function syncUserToSessions(
  ctx: Pick<SessionContext, "em" | "sessionStore" | "accountExtension">,
  userId: string,
): Promise<User | null> {
  const { em, sessionStore } = ctx;
  let account = await findAccountById(em.fork(), userId);
  let user: User | null = null;
  for (let tries = 0; account !== null && tries < TRIES; tries += 1) {
    user = await describeUser(withEm(ctx, em.fork()), account.user);
    await sessionStore.rewriteUser(user);
    const now = await findAccountById(em.fork(), userId);
    if (now?.version === account.version) return user;
    account = now;
  }
  return account && user;
}
