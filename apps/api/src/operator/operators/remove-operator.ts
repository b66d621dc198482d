import { type ActivityContext, recordActivity } from "../../identity/activity/record-activity.ts";
import { changeUnlessLastOperator } from "../../identity/users/change-unless-last-operator.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";

type OperatorContext = ActivityContext & { sessionStore: SessionStore };

export type RemoveOperatorOutcome = "removed" | "not_an_operator" | "no_such_user" | "last_operator";

/**
 * Takes the operator's rights from a user and ends all their sessions. Refuses for the last operator. Throws
 * SessionStoreUnavailable if the session store can't be reached; a repeated call is safe.
 */
export function removeOperator(ctx: OperatorContext, userId: string): Promise<RemoveOperatorOutcome> {
  return changeUnlessLastOperator(ctx, userId, async (ctx, user): Promise<RemoveOperatorOutcome> => {
    if (!user.operatorSince) return "not_an_operator";
    const { em, clock } = ctx;
    em.assign(user, { operatorSince: null, updatedAt: new Date(clock.now()) });
    await em.flush();
    await recordActivity(ctx, { kind: "operator_removed", userId });
    return "removed";
  });
}
