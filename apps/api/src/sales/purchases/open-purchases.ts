import { LockMode, raw } from "@mikro-orm/core";
import { hashOfToken } from "../../identity/tokens/consume-token.ts";
import type { Context } from "../../platform/http/context.ts";
import { inTransaction } from "../../platform/http/context.ts";
import { giveBrowserKey } from "../orders/give-browser-key.ts";
import { OrderEntity } from "../orders/order.entity.ts";
import { recordOpening } from "../orders/record-opening.ts";
import { PurchaseLinkEntity } from "./purchase-link.entity.ts";

const LIFETIME_MS = 60 * 60_000;
/** As many as the cookie of a browser keeps open. */
export const MOST_ORDERS = 20;

/**
 * Opens the newest purchases of an email by a mailed link, which is used up: paid ones, then free ones. Returns their
 * names in this order, and the keys for the browser; null: the link is unknown, was used, or is older than an hour.
 */
export function openPurchases(
  ctx: Pick<Context, "em" | "clock">,
  { token, keyIds }: { token: string; keyIds: readonly string[] },
): Promise<{ refs: string[]; keyIds: string[] } | null> {
  return inTransaction(ctx, async (ctx) => {
    const { em, clock } = ctx;
    const now = clock.now();
    const isGood = { keyHash: hashOfToken(token), usedAt: null, sentAt: { $gt: new Date(now - LIFETIME_MS) } };
    if ((await em.nativeUpdate(PurchaseLinkEntity, isGood, { usedAt: new Date(now) })) === 0) return null;
    const { emailKey } = await em.findOneOrFail(PurchaseLinkEntity, { keyHash: hashOfToken(token) });
    const paid = { emailKey, state: "paid" } as const;
    // Free ones last: anybody can order them for an email, and would push out what was paid for.
    const isFree = raw("case when total = 0 then 1 else 0 end");
    // Locked, so that a change of an order's email at this moment either hides it here or ends the key given here.
    const orders = await em.find(OrderEntity, paid, {
      orderBy: [{ [isFree]: "asc" }, { id: "desc" }],
      limit: MOST_ORDERS,
      lockMode: LockMode.PESSIMISTIC_WRITE,
    });
    const opened: string[] = [];
    for (const { id: orderId } of orders) {
      await recordOpening(ctx, orderId);
      opened.push(await giveBrowserKey(ctx, { orderId, keyIds }));
    }
    return { refs: orders.map(({ ref }) => ref), keyIds: opened };
  });
}
