import { maySell } from "@yumroad/contract";
import { closeStore } from "../../catalog/products/unpublish-products.ts";
import { type ActivityContext, recordActivity } from "../../identity/activity/record-activity.ts";
import { changeUnlessLastOperator } from "../../identity/users/change-unless-last-operator.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { lockShopKind } from "../../shop/shop-kind.ts";

type OperatorContext = ActivityContext & { sessionStore: SessionStore };

export type RemoveOperatorOutcome = "removed" | "not_an_operator" | "no_such_user" | "last_operator";

/**
 * Takes the operator's rights from a user and ends all their sessions. If only operators sell here, closes the user's
 * store, which nobody could manage any more. Refuses for the last operator. Throws SessionStoreUnavailable if the
 * session store can't be reached; a repeated call is safe.
 */
export function removeOperator(ctx: OperatorContext, userId: string): Promise<RemoveOperatorOutcome> {
  return changeUnlessLastOperator(ctx, userId, async (ctx, user): Promise<RemoveOperatorOutcome> => {
    if (!user.operatorSince) return "not_an_operator";
    const { em, clock } = ctx;
    const now = new Date(clock.now());
    em.assign(user, { operatorSince: null, updatedAt: now });
    await em.flush();
    if (!maySell(await lockShopKind(em), { isOperator: false })) await closeStore(em, userId, now);
    await recordActivity(ctx, { kind: "operator_removed", userId });
    return "removed";
  });
}
