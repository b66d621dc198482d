import type { Context } from "../../platform/http/context.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { changeUnlessLastOperator } from "./change-unless-last-operator.ts";
import { revokeKnownBrowsers } from "./known-browsers.ts";

type DisableContext = Pick<Context, "em" | "clock"> & { sessionStore: SessionStore };

export type DisableOutcome = "disabled" | "no_such_user" | "last_operator";

/**
 * Disables a user: they can't log in any more, and the next request of each of their sessions finds the session ended.
 * Refuses to disable the last operator. Throws SessionStoreUnavailable if the session store can't be reached; a repeated
 * call is safe. `onChange` runs in the transaction, only if the user was not disabled before.
 */
export function disableUser<C extends DisableContext>(
  ctx: C,
  userId: string,
  onChange?: (ctx: C) => Promise<void>,
): Promise<DisableOutcome> {
  return changeUnlessLastOperator(ctx, userId, async (ctx, user): Promise<DisableOutcome> => {
    if (user.disabledAt) return "disabled";
    const { em, clock } = ctx;
    const now = new Date(clock.now());
    em.assign(user, { disabledAt: now, updatedAt: now });
    await revokeKnownBrowsers(em, userId);
    await onChange?.(ctx);
    return "disabled";
  });
}
