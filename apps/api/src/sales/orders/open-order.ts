import { hashOfToken } from "../../identity/tokens/consume-token.ts";
import type { Context } from "../../platform/http/context.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import { OrderKeyEntity } from "./order-key.entity.ts";
import { orderOfKey } from "./policy.ts";
import { findOrder, type OrderInFull } from "./queries.ts";
import { recordOrderEvent } from "./record-order-event.ts";

/** Opens an order with the key of a mailed link. Null: the key is not one of this order's, or it has ended. */
export async function openOrder(
  ctx: Pick<Context, "em" | "clock">,
  { ref, key }: { ref: string; key: string },
): Promise<{ order: Owned<OrderInFull>; keyId: string } | null> {
  const found = await ctx.em.findOne(OrderKeyEntity, { keyHash: hashOfToken(key), endedAt: null });
  const order = found && (await findOrder(ctx.em, ref));
  if (!found || !order || found.order.id !== order.id) return null;
  if (!found.usedAt) await ctx.em.nativeUpdate(OrderKeyEntity, { id: found.id }, { usedAt: new Date(ctx.clock.now()) });
  await recordOrderEvent(ctx, { orderId: order.id, kind: "opened" });
  return { order: orderOfKey(order), keyId: found.id };
}
