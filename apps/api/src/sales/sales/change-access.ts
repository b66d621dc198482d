import type { Context } from "../../platform/http/context.ts";
import { EntitlementEntity } from "../orders/entitlement.entity.ts";
import { recordOrderEvent } from "../orders/record-order-event.ts";

/** Ends a buyer's access to what they bought, or gives it back. Does nothing if it is so already. */
export async function changeAccess(
  ctx: Pick<Context, "em" | "clock">,
  { orderId, hasAccess }: { orderId: string; hasAccess: boolean },
): Promise<void> {
  const isOther = { order: orderId, endedAt: hasAccess ? { $ne: null } : null };
  const changes = { endedAt: hasAccess ? null : new Date(ctx.clock.now()) };
  if ((await ctx.em.nativeUpdate(EntitlementEntity, isOther, changes)) === 0) return;
  await recordOrderEvent(ctx, { orderId, kind: hasAccess ? "access_given_back" : "access_ended" });
}
