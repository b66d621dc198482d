import { type Context, inTransaction } from "../../platform/http/context.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { endingSessions } from "./ending-sessions.ts";
import { revokeKnownBrowsers } from "./known-browsers.ts";
import { lockUser } from "./lock-user.ts";

type DisableContext = Pick<Context, "em" | "clock"> & { sessionStore: SessionStore };

/**
 * Disables a user: they can't log in any more, and the next request of each of their sessions finds the session ended.
 * Throws SessionStoreUnavailable if the session store can't be reached; a repeated call is safe. False: there is no
 * such user.
 */
export function disableUser(ctx: DisableContext, userId: string): Promise<boolean> {
  return endingSessions(ctx, { userId }, () =>
    inTransaction(ctx, async ({ em, clock }) => {
      const row = await lockUser(em, userId);
      if (!row) return false;
      const now = new Date(clock.now());
      em.assign(row, { disabledAt: now, updatedAt: now });
      await revokeKnownBrowsers(em, userId);
      return true;
    }),
  );
}
