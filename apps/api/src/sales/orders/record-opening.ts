import type { Context } from "../../platform/http/context.ts";
import { OrderKeyEntity } from "./order-key.entity.ts";
import { recordOrderEvent } from "./record-order-event.ts";

/**
 * Records that an order was opened by a mailed link: somebody reads mail at its email, so the keys that were mailed there
 * count as used. The history tells of it once after each mail: a link that is opened daily buries no other event.
 */
export async function recordOpening(ctx: Pick<Context, "em" | "clock">, orderId: string): Promise<void> {
  const isUnused = { order: orderId, mailedTo: { $ne: null }, usedAt: null, endedAt: null };
  const used = { usedAt: new Date(ctx.clock.now()) };
  if ((await ctx.em.nativeUpdate(OrderKeyEntity, isUnused, used)) === 0) return;
  await recordOrderEvent(ctx, { orderId, kind: "opened" });
}
