import type { Context } from "../../platform/http/context.ts";
import { EntitlementEntity } from "../orders/entitlement.entity.ts";
import { recordOrderEvent } from "../orders/record-order-event.ts";

interface AccessChange {
  orderId: string;
  hasAccess: boolean;
  /** Gives back only what was ended at this time; left out: all. */
  endedAt?: Date;
}

/**
 * Ends a buyer's access to what they bought, or gives it back. Does nothing if it is so already. Returns the time of the
 * change; null: nothing was changed.
 */
export async function changeAccess(
  ctx: Pick<Context, "em" | "clock">,
  { orderId, hasAccess, endedAt }: AccessChange,
): Promise<Date | null> {
  const at = new Date(ctx.clock.now());
  const isOther = { order: orderId, endedAt: hasAccess ? (endedAt ?? { $ne: null }) : null };
  const changes = { endedAt: hasAccess ? null : at };
  if ((await ctx.em.nativeUpdate(EntitlementEntity, isOther, changes)) === 0) return null;
  await recordOrderEvent(ctx, { orderId, kind: hasAccess ? "access_given_back" : "access_ended" });
  return at;
}
