import { hashOfToken } from "../../identity/tokens/consume-token.ts";
import type { Context } from "../../platform/http/context.ts";
import { inTransaction } from "../../platform/http/context.ts";
import { issueOrderKey } from "../orders/issue-order-key.ts";
import { OrderEntity } from "../orders/order.entity.ts";
import { PurchaseLinkEntity } from "./purchase-link.entity.ts";

const LIFETIME_MS = 60 * 60_000;
/** As many as the cookie of a browser keeps open. */
const MOST_ORDERS = 20;

/**
 * Opens the newest purchases of an email by a mailed link, which is used up. Returns their names, the newest first, and
 * the keys for the browser; null: the link is unknown, was used, or is older than an hour.
 */
export function openPurchases(
  ctx: Pick<Context, "em" | "clock">,
  token: string,
): Promise<{ refs: string[]; keyIds: string[] } | null> {
  return inTransaction(ctx, async (ctx) => {
    const { em, clock } = ctx;
    const now = clock.now();
    const isGood = { keyHash: hashOfToken(token), usedAt: null, sentAt: { $gt: new Date(now - LIFETIME_MS) } };
    if ((await em.nativeUpdate(PurchaseLinkEntity, isGood, { usedAt: new Date(now) })) === 0) return null;
    const { emailKey } = await em.findOneOrFail(PurchaseLinkEntity, { keyHash: hashOfToken(token) });
    const paid = { emailKey, state: "paid" } as const;
    const orders = await em.find(OrderEntity, paid, { orderBy: { id: "desc" }, limit: MOST_ORDERS });
    const keyIds: string[] = [];
    for (const { id: orderId } of orders) keyIds.push((await issueOrderKey(ctx, { orderId, mailedTo: null })).id);
    return { refs: orders.map(({ ref }) => ref), keyIds };
  });
}
