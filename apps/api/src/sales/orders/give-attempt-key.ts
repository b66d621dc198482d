import type { EntityManager } from "../../platform/db/database.ts";
import { type Context, inTransaction } from "../../platform/http/context.ts";
import { giveBrowserKey } from "./give-browser-key.ts";
import { lockOrder } from "./lock-order.ts";
import { OrderEventEntity } from "./order-event.entity.ts";
import { OrderKeyEntity } from "./order-key.entity.ts";
import { keyOfBrowser } from "./policy.ts";

/** Time in which a free order, which is paid at once, opens for a browser that has lost the answer. */
const RETRY_FREE_MS = 10 * 60_000;

/**
 * The key for a browser that sends an attempt, which may not be the one that began the order. Null: the browser does not
 * get to see it. A browser that has lost the answer needs a key; but an attempt is kept by a page, not by a person, and is
 * no proof once there is something to be had: a paid order, or one that was given to another email.
 */
export function giveAttemptKey(
  ctx: Pick<Context, "em" | "clock">,
  { orderId, keyIds }: { orderId: string; keyIds: readonly string[] },
): Promise<string | null> {
  return inTransaction(ctx, async (ctx) => {
    const { em, clock } = ctx;
    const { createdAt, state, total } = await lockOrder(em, orderId);
    const isNew = createdAt.getTime() + RETRY_FREE_MS > clock.now();
    const isOpen = state !== "paid" || (total === 0 && isNew && !(await hasEndedKeys(em, orderId)));
    if (isOpen && !(await wasEmailChanged(em, orderId))) return giveBrowserKey(ctx, { orderId, keyIds });
    return keyOfBrowser(ctx, { orderId, keyIds });
  });
}

async function hasEndedKeys(em: EntityManager, orderId: string): Promise<boolean> {
  return (await em.count(OrderKeyEntity, { order: orderId, endedAt: { $ne: null } })) > 0;
}

async function wasEmailChanged(em: EntityManager, orderId: string): Promise<boolean> {
  return (await em.count(OrderEventEntity, { order: orderId, kind: "email_changed" })) > 0;
}
