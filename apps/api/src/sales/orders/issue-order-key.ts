import { hash, randomBytes } from "node:crypto";
import { v7 as uuid } from "uuid";
import type { Context } from "../../platform/http/context.ts";
import { OrderEntity } from "./order.entity.ts";
import { OrderKeyEntity } from "./order-key.entity.ts";

const KEY_BYTES = 32;

export function hashOfOrderKey(key: string): string {
  return hash("sha256", key, "base64url");
}

/**
 * Issues a key that opens an order. The database keeps only its hash, so the key can't be shown again: each mail gets a
 * key of its own, and none ends another. `id` is what the cookie of the browser names.
 */
export async function issueOrderKey(
  { em, clock }: Pick<Context, "em" | "clock">,
  { orderId, mailedTo }: { orderId: string; mailedTo: string | null },
): Promise<{ id: string; key: string }> {
  const key = randomBytes(KEY_BYTES).toString("base64url");
  const id = uuid();
  await em.insert(OrderKeyEntity, {
    id,
    order: em.getReference(OrderEntity, orderId),
    keyHash: hashOfOrderKey(key),
    mailedTo,
    createdAt: new Date(clock.now()),
  });
  return { id, key };
}
