import { hashOfToken } from "../../identity/tokens/consume-token.ts";
import { emailKeyOf } from "../../identity/users/user.entity.ts";
import { inTransaction } from "../../platform/http/context.ts";
import type { MailContext } from "../../platform/mail/enqueue-mail.ts";
import { endKeys, UNDO_LIFETIME_MS } from "./change-order-email.ts";
import { giveBrowserKey } from "./give-browser-key.ts";
import { lockOrder } from "./lock-order.ts";
import { mailReceipt } from "./mail-receipt.ts";
import { OrderEmailChangeEntity } from "./order-email-change.entity.ts";
import { itemsOf } from "./queries.ts";
import { recordOrderEvent } from "./record-order-event.ts";

/**
 * Gives an order back the email that it had before a change. Every other key ends: the browser that asks gets a new one,
 * and the email that is back another receipt. Later changes are undone with it: who has made them can't undo them one by
 * one to get the order again. Returns the id of the browser's key; null: the token undoes no change of this order, was
 * used, or is older than 7 days.
 */
export function undoOrderEmail(
  ctx: MailContext,
  { ref, token }: { ref: string; token: string },
): Promise<string | null> {
  return inTransaction(ctx, async (ctx) => {
    const { em, clock } = ctx;
    const change = await em.findOne(OrderEmailChangeEntity, { undoHash: hashOfToken(token) }, { populate: ["order"] });
    if (!change || change.createdAt.getTime() + UNDO_LIFETIME_MS <= clock.now()) return null;
    const order = await lockOrder(em, change.order.id);
    const undone = { undoneAt: new Date(clock.now()) };
    const isOpen = { id: change.id, undoneAt: null };
    if (order.ref !== ref || (await em.nativeUpdate(OrderEmailChangeEntity, isOpen, undone)) === 0) return null;
    const isLater = { order: order.id, id: { $gt: change.id }, undoneAt: null };
    await em.nativeUpdate(OrderEmailChangeEntity, isLater, undone);
    await endKeys(ctx, { order, except: null });
    em.assign(order, { email: change.formerEmail, emailKey: emailKeyOf(change.formerEmail) });
    await em.flush();
    await recordOrderEvent(ctx, { orderId: order.id, kind: "email_change_undone" });
    if (order.state === "paid") await mailReceipt(ctx, order, await itemsOf(em, order.id));
    return giveBrowserKey(ctx, { orderId: order.id, keyIds: [] });
  });
}
