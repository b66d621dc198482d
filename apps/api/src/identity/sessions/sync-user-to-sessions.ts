import type { User } from "@yumroad/contract";
import { withEm } from "../../platform/http/context.ts";
import { describeUser } from "../users/describe-user.ts";
import { findAccountById } from "../users/queries.ts";
import type { SessionContext } from "./session-context.ts";

/**
 * Maximum number of writes, to rule out an endless loop. Each further write means that another request changed the user
 * during the previous write, and the daily limits allow far fewer changes (`limits.profileChanges` and others).
 */
const TRIES = 200;

/**
 * Writes a user's current data into each of their sessions, then reads the user again, and repeats both steps if the
 * user changed during the write. Without the repetition, the older of two concurrent changes could be written to the
 * sessions last. Throws SessionStoreUnavailable. Null: there is no such user.
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
