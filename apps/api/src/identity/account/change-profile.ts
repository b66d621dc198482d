import type { User } from "@yumroad/contract";
import { type Context, inTransaction } from "../../platform/http/context.ts";
import type { SessionContext } from "../sessions/session-context.ts";
import { syncUserToSessions } from "../sessions/sync-user-to-sessions.ts";
import { lockUser } from "../users/lock-user.ts";

type ProfileContext = Pick<Context, "em" | "clock"> & Pick<SessionContext, "sessionStore" | "accountExtension">;

interface ProfileChange {
  userId: string;
  name: string;
}

/**
 * Changes a user's name in the database and in each of their sessions, so that their next request sees it. Throws
 * SessionStoreUnavailable if the session store can't be reached; a repeated call is safe. Null: there is no such user.
 */
export async function changeProfile(ctx: ProfileContext, { userId, name }: ProfileChange): Promise<User | null> {
  await ctx.sessionStore.assertWritable();
  await inTransaction(ctx, async ({ em, clock }) => {
    const row = await lockUser(em, userId);
    if (row) em.assign(row, { name, updatedAt: new Date(clock.now()) });
  });
  return syncUserToSessions(ctx, userId);
}
