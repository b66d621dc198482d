import { type ActivityContext, recordActivity } from "../../identity/activity/record-activity.ts";
import { endingSessions } from "../../identity/users/ending-sessions.ts";
import { isLastOperator, isLastOperatorNow } from "../../identity/users/is-last-operator.ts";
import { lockUser } from "../../identity/users/lock-user.ts";
import { inTransaction } from "../../platform/http/context.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";

type OperatorContext = ActivityContext & { sessionStore: SessionStore };

export type RemoveOperatorOutcome = "removed" | "not_an_operator" | "no_such_user" | "last_operator";

/**
 * Takes the operator's rights from a user and ends all their sessions. Refuses for the last operator. Throws
 * SessionStoreUnavailable if the session store can't be reached; a repeated call is safe.
 */
export async function removeOperator(ctx: OperatorContext, userId: string): Promise<RemoveOperatorOutcome> {
  if (await isLastOperatorNow(ctx, userId)) return "last_operator";
  return endingSessions(ctx, { userId }, () =>
    inTransaction(ctx, async (ctx): Promise<RemoveOperatorOutcome> => {
      const { em, clock } = ctx;
      const user = await lockUser(em, userId);
      if (!user) return "no_such_user";
      if (!user.operatorSince) return "not_an_operator";
      if (await isLastOperator(em, user)) return "last_operator";
      em.assign(user, { operatorSince: null, updatedAt: new Date(clock.now()) });
      await em.flush();
      await recordActivity(ctx, { kind: "operator_removed", userId });
      return "removed";
    }),
  );
}
