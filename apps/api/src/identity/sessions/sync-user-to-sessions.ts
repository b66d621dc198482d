import type { User } from "@yumroad/contract";
import { withEm } from "../../platform/http/context.ts";
import { describeUser } from "../users/describe-user.ts";
import { findAccountById } from "../users/queries.ts";
import type { SessionContext } from "./session-context.ts";

/**
 * Each further try means another change of the user meanwhile. An account may make only so many a day
 * (`limits.profileChanges` and others): this is far more, and still bounded.
 */
const TRIES = 200;

/**
 * Writes a user's current data into each of their sessions, then reads the user again: of two concurrent changes the
 * later one may have written first, and the sessions would keep the data of the earlier one.
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
