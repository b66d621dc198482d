import { reopenStore } from "../../catalog/products/unpublish-products.ts";
import { type ActivityContext, recordActivity } from "../../identity/activity/record-activity.ts";
import { endingSessions } from "../../identity/users/ending-sessions.ts";
import { lockUser } from "../../identity/users/lock-user.ts";
import { inTransaction } from "../../platform/http/context.ts";
import type { MailContext } from "../../platform/mail/enqueue-mail.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { endSetupLink, lockSetupLink } from "./setup-link.ts";
import { tellOperators } from "./tell-operators.ts";

type OperatorContext = ActivityContext & MailContext & { sessionStore: SessionStore };

export type AddOperatorOutcome = "added" | "already_operator" | "no_such_user" | "disabled" | "deletion_pending";

/**
 * Makes a user an operator of the shop. Ends all their sessions, since a session must not gain rights under its old id
 * (R4): they log in again. Ends the setup link, which would make another one. Throws SessionStoreUnavailable if the
 * session store can't be reached; a repeated call is safe.
 */
export function addOperator(ctx: OperatorContext, userId: string): Promise<AddOperatorOutcome> {
  return endingSessions(ctx, { userId }, () => inTransaction(ctx, (ctx) => saveAndEndLink(ctx, userId)));
}

async function saveAndEndLink(ctx: OperatorContext, userId: string): Promise<AddOperatorOutcome> {
  // Locks the link before the user's row, as the use of the link does: the opposite order could deadlock.
  await lockSetupLink(ctx);
  const outcome = await saveOperator(ctx, userId);
  if (outcome === "added" || outcome === "already_operator") await endSetupLink(ctx);
  return outcome;
}

/**
 * Stores that a user is an operator, in the transaction of `ctx.em`, and tells the other operators. Opens the user's
 * store again if the loss of the rights has closed it. The caller sees to the user's sessions.
 */
export async function saveOperator(ctx: ActivityContext & MailContext, userId: string): Promise<AddOperatorOutcome> {
  const { em, clock } = ctx;
  const user = await lockUser(em, userId);
  if (!user) return "no_such_user";
  if (user.disabledAt) return "disabled";
  if (user.deletionAt) return "deletion_pending";
  if (user.operatorSince) return "already_operator";
  const now = new Date(clock.now());
  em.assign(user, { operatorSince: now, updatedAt: now });
  await em.flush();
  await reopenStore(em, userId);
  await tellOperators(ctx, user);
  await recordActivity(ctx, { kind: "operator_added", userId });
  return "added";
}
