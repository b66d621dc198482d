import { v7 as uuid } from "uuid";
import { hashOfToken } from "../../identity/tokens/consume-token.ts";
import { newToken } from "../../identity/tokens/new-token.ts";
import type { Context } from "../../platform/http/context.ts";
import { OrderEntity } from "./order.entity.ts";
import { OrderKeyEntity } from "./order-key.entity.ts";

/**
 * Issues a key that opens an order. The database keeps only its hash, so the key can't be shown again: each mail gets a
 * key of its own, and none ends another. `id` is what the cookie of the browser names.
 */
export async function issueOrderKey(
  { em, clock }: Pick<Context, "em" | "clock">,
  { orderId, mailedTo }: { orderId: string; mailedTo: string | null },
): Promise<{ id: string; key: string }> {
  const key = newToken();
  const id = uuid();
  await em.insert(OrderKeyEntity, {
    id,
    order: em.getReference(OrderEntity, orderId),
    keyHash: hashOfToken(key),
    mailedTo,
    createdAt: new Date(clock.now()),
  });
  return { id, key };
}
