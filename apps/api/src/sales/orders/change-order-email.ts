import { v7 as uuid } from "uuid";
import { hashOfToken } from "../../identity/tokens/consume-token.ts";
import { newToken } from "../../identity/tokens/new-token.ts";
import { emailKeyOf } from "../../identity/users/user.entity.ts";
import { inTransaction } from "../../platform/http/context.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import { enqueueMail, type MailContext } from "../../platform/mail/enqueue-mail.ts";
import { lockOrder } from "./lock-order.ts";
import { mailReceipt } from "./mail-receipt.ts";
import type { OrderRow } from "./order.entity.ts";
import { OrderEmailChangeEntity } from "./order-email-change.entity.ts";
import { OrderKeyEntity } from "./order-key.entity.ts";
import { itemsOf, type OrderInFull } from "./queries.ts";
import { recordOrderEvent } from "./record-order-event.ts";

interface ChangeEmailInput {
  order: Owned<OrderInFull>;
  email: string;
  /** Keys of the browser that asks: they stay good. */
  keyIds: readonly string[];
}

/**
 * Corrects the email of an order. Keys that were mailed before end, and the receipt goes to the new email with a new one.
 * The former email gets a link that undoes the change, but only if a key mailed there was ever used: an address with a
 * typo is a stranger's, who is told nothing.
 */
export function changeOrderEmail(ctx: MailContext, { order, email, keyIds }: ChangeEmailInput): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const { em, clock } = ctx;
    const row = await lockOrder(em, order.id);
    if (row.email === email) return;
    const former = row.email;
    const isRead = (await em.count(OrderKeyEntity, { order: row.id, mailedTo: former, usedAt: { $ne: null } })) > 0;
    const token = isRead ? newToken() : null;
    await em.insert(OrderEmailChangeEntity, {
      ...{ id: uuid(), order: row, formerEmail: former, undoHash: token && hashOfToken(token) },
      ...{ createdAt: new Date(clock.now()), undoneAt: null },
    });
    await endKeys(ctx, { order: row, except: keyIds });
    em.assign(row, { email, emailKey: emailKeyOf(email) });
    await em.flush();
    await recordOrderEvent(ctx, { orderId: row.id, kind: "email_changed" });
    if (row.state === "paid") await mailReceipt(ctx, row, await itemsOf(em, row.id));
    if (token !== null) await mailUndo(ctx, { order: row, to: former, token });
  });
}

/** Ends the keys of an order, except those of a browser. */
export async function endKeys(
  { em, clock }: MailContext,
  { order, except }: { order: OrderRow; except: readonly string[] },
): Promise<void> {
  const others = { order: order.id, endedAt: null, id: { $nin: [...except] } };
  await em.nativeUpdate(OrderKeyEntity, others, { endedAt: new Date(clock.now()) });
}

function mailUndo(
  ctx: MailContext,
  { order, to, token }: { order: OrderRow; to: string; token: string },
): Promise<unknown> {
  return enqueueMail(ctx, {
    kind: "order_email_changed",
    to,
    subject: "The email of your order was changed",
    heading: "The email of your order was changed",
    paragraphs: [`Order ${order.ref} now has another email. Links that we emailed to you no longer open it.`],
    button: { label: "Undo the change", path: `/orders/${order.ref}#undo=${token}` },
    closing: "If it was you, you can ignore this email. The link works for 7 days.",
  });
}
