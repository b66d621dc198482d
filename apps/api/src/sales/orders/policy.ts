import type { User } from "@yumroad/contract";
import type { EntityManager } from "../../platform/db/database.ts";
import { readRows } from "../../platform/db/read-rows.ts";
import type { Context } from "../../platform/http/context.ts";
import { asOwned, type Owned } from "../../platform/lib/owned.ts";
import { findOrder, type OrderInFull } from "./queries.ts";

/** How long a browser's own key opens an order, from when it was given. */
export const BROWSER_KEY_MS = 30 * 24 * 60 * 60_000;

interface OrderOfBuyerInput {
  ref: string;
  /** Ids of the keys that the browser's cookie names. */
  keyIds: readonly string[];
  user: User | null;
}

/**
 * Finds an order for its buyer: in a browser that has begun it or opened it with a key, or for an account that was logged
 * in at the checkout or has verified the order's email. Null: there is no such order, or it is somebody else's.
 */
export async function orderOfBuyer(
  ctx: Pick<Context, "em" | "clock">,
  { ref, keyIds, user }: OrderOfBuyerInput,
): Promise<Owned<OrderInFull> | null> {
  const { em } = ctx;
  const order = await findOrder(em, ref);
  if (order === null) return null;
  if (user !== null && (order.buyerId === user.id || (await isVerifiedEmail(em, user.id, order.emailKey))))
    return asOwned(order);
  return (await keyOfBrowser(ctx, { orderId: order.id, keyIds })) === null ? null : asOwned(order);
}

/** The id of a browser's own key that opens an order, of those that its cookie names. Null: it has none. */
export async function keyOfBrowser(
  { em, clock }: Pick<Context, "em" | "clock">,
  { orderId, keyIds }: { orderId: string; keyIds: readonly string[] },
): Promise<string | null> {
  if (keyIds.length === 0) return null;
  const places = keyIds.map(() => "?").join(", ");
  const sql = `select id from order_keys where order_id = ? and ended_at is null and mailed_to is null
    and created_at > ? and id in (${places}) order by id desc limit 1`;
  const since = new Date(clock.now() - BROWSER_KEY_MS);
  const [key] = await em.execute<{ id: string }[]>(sql, [orderId, since, ...keyIds]);
  return key?.id ?? null;
}

/** The order of a key that was just proven. */
export function orderOfKey(order: OrderInFull): Owned<OrderInFull> {
  return asOwned(order);
}

/** True if an account has verified an email as its own. */
export async function isVerifiedEmail(em: EntityManager, userId: string, emailKey: string): Promise<boolean> {
  const sql = `select id from users where id = ? and email_key = ? and email_verified_at is not null`;
  const [user] = await readRows<{ id: string }>(em, sql, [userId, emailKey]);
  return user !== undefined;
}
