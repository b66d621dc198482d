import { hashOfToken } from "../../identity/tokens/consume-token.ts";
import { type Context, inTransaction } from "../../platform/http/context.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import { giveBrowserKey } from "./give-browser-key.ts";
import { lockOrder } from "./lock-order.ts";
import { OrderKeyEntity } from "./order-key.entity.ts";
import { orderOfKey } from "./policy.ts";
import { findOrder, type OrderInFull } from "./queries.ts";
import { recordOpening } from "./record-opening.ts";

interface OpenInput {
  ref: string;
  key: string;
  /** Ids of the keys that the browser's cookie names. */
  keyIds: readonly string[];
}

/**
 * Opens an order with the key of a mailed link. Returns it with the id of a key of the browser's own: the mailed key
 * ends with the order's email, whoever has opened it. Null: the key is not one of this order's, or it has ended.
 */
export function openOrder(
  ctx: Pick<Context, "em" | "clock">,
  { ref, key, keyIds }: OpenInput,
): Promise<{ order: Owned<OrderInFull>; keyId: string } | null> {
  return inTransaction(ctx, async (ctx) => {
    const { em } = ctx;
    const order = await findOrder(em, ref);
    if (order === null) return null;
    // A change of the email that runs at this moment ends the key first, or the key that is given here after it.
    await lockOrder(em, order.id);
    const isGood = { keyHash: hashOfToken(key), order: order.id, endedAt: null };
    if ((await em.count(OrderKeyEntity, isGood)) === 0) return null;
    await recordOpening(ctx, order.id);
    return { order: orderOfKey(order), keyId: await giveBrowserKey(ctx, { orderId: order.id, keyIds }) };
  });
}
