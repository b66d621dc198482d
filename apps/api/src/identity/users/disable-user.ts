import { type Context, inTransaction } from "../../platform/http/context.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { endingSessions } from "./ending-sessions.ts";
import { isLastOperator, isLastOperatorNow } from "./is-last-operator.ts";
import { revokeKnownBrowsers } from "./known-browsers.ts";
import { lockUser } from "./lock-user.ts";

type DisableContext = Pick<Context, "em" | "clock"> & { sessionStore: SessionStore };

export type DisableOutcome = "disabled" | "no_such_user" | "last_operator";

/**
 * Disables a user: they can't log in any more, and each of their sessions has ended by its next request. Refuses to
 * disable the last operator. Throws SessionStoreUnavailable if the session store can't be reached; a repeated call is
 * safe.
 */
export async function disableUser(ctx: DisableContext, userId: string): Promise<DisableOutcome> {
  if (await isLastOperatorNow(ctx, userId)) return "last_operator";
  return endingSessions(ctx, { userId }, () =>
    inTransaction(ctx, async ({ em, clock }): Promise<DisableOutcome> => {
      const row = await lockUser(em, userId);
      if (!row) return "no_such_user";
      if (await isLastOperator(em, row)) return "last_operator";
      const now = new Date(clock.now());
      em.assign(row, { disabledAt: now, updatedAt: now });
      await revokeKnownBrowsers(em, userId);
      return "disabled";
    }),
  );
}
