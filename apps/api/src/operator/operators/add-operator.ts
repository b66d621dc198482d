import { type ActivityContext, recordActivity } from "../../identity/activity/record-activity.ts";
import { endingSessions } from "../../identity/users/ending-sessions.ts";
import { lockUser } from "../../identity/users/lock-user.ts";
import { inTransaction } from "../../platform/http/context.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";

type OperatorContext = ActivityContext & { sessionStore: SessionStore };

export type AddOperatorOutcome = "added" | "already_operator" | "no_such_user" | "disabled";

/**
 * Makes a user an operator of the shop. Ends all their sessions, since a session must not gain rights under its old id
 * (R4): they log in again. Throws SessionStoreUnavailable if the session store can't be reached; a repeated call is
 * safe.
 */
export function addOperator(ctx: OperatorContext, userId: string): Promise<AddOperatorOutcome> {
  return endingSessions(ctx, { userId }, () => inTransaction(ctx, (ctx) => saveOperator(ctx, userId)));
}

/** Stores that a user is an operator, in the transaction of `ctx.em`. The caller sees to the user's sessions. */
export async function saveOperator(ctx: ActivityContext, userId: string): Promise<AddOperatorOutcome> {
  const { em, clock } = ctx;
  const user = await lockUser(em, userId);
  if (!user) return "no_such_user";
  if (user.disabledAt) return "disabled";
  if (user.operatorSince) return "already_operator";
  const now = new Date(clock.now());
  em.assign(user, { operatorSince: now, updatedAt: now });
  await em.flush();
  await recordActivity(ctx, { kind: "operator_added", userId });
  return "added";
}
