import { v7 as uuid } from "uuid";
import { hashOfToken } from "../../identity/tokens/consume-token.ts";
import { newToken } from "../../identity/tokens/new-token.ts";
import type { Context } from "../../platform/http/context.ts";

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
  const sql = "insert into order_keys (id, order_id, key_hash, mailed_to, created_at) values (?, ?, ?, ?, ?)";
  await em.execute(sql, [id, orderId, hashOfToken(key), mailedTo, new Date(clock.now())]);
  return { id, key };
}
