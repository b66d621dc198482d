import type { User } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import { hashOfToken } from "../../identity/tokens/consume-token.ts";
import { newToken } from "../../identity/tokens/new-token.ts";
import { emailKeyOf } from "../../identity/users/user.entity.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import { readRows } from "../../platform/db/read-rows.ts";
import { inTransaction } from "../../platform/http/context.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import { enqueueMail, type MailContext } from "../../platform/mail/enqueue-mail.ts";
import { orderEmailChangedWords } from "../../words/order-mails.ts";
import { giveBrowserKey } from "./give-browser-key.ts";
import { lockOrder } from "./lock-order.ts";
import { mailReceipt } from "./mail-receipt.ts";
import type { OrderRow } from "./order.entity.ts";
import { OrderEmailChangeEntity } from "./order-email-change.entity.ts";
import { OrderKeyEntity } from "./order-key.entity.ts";
import { orderOfBuyer } from "./policy.ts";
import { itemsOf, type OrderInFull } from "./queries.ts";
import { recordOrderEvent } from "./record-order-event.ts";

/** The time for which a change can be undone. */
export const UNDO_LIFETIME_MS = 7 * 24 * 60 * 60_000;

interface ChangeEmailInput {
  order: Owned<OrderInFull>;
  email: string;
  /** Ids of the keys that the browser's cookie names, and the account that asks: who may see the order, may correct it. */
  keyIds: readonly string[];
  user: User | null;
}

/**
 * Corrects the email of an order. All keys end but the one of the browser that asks, and the receipt goes to the new email
 * with a new one. The former email gets a link that undoes the change, but only if somebody is known to read mail there:
 * an address with a typo is a stranger's, who is told nothing. A change of capitals alone is none of address.
 * Returns the id of the browser's key; null: the order is not the caller's any more.
 */
export function changeOrderEmail(
  ctx: MailContext,
  { order, email, keyIds, user }: ChangeEmailInput,
): Promise<string | null> {
  return inTransaction(ctx, async (ctx) => {
    const { em } = ctx;
    const row = await lockOrder(em, order.id);
    // Asked again under the lock: the owner may have undone an earlier change meanwhile.
    if ((await orderOfBuyer(ctx, { ref: row.ref, keyIds, user })) === null) return null;
    const keyId = await giveBrowserKey(ctx, { orderId: row.id, keyIds });
    if (emailKeyOf(email) === row.emailKey) row.email = email;
    else await moveOrder(ctx, { order: row, email, keyId });
    await em.flush();
    return keyId;
  });
}

interface MoveInput {
  order: OrderRow;
  email: string;
  keyId: string;
}

async function moveOrder(ctx: MailContext, { order, email, keyId }: MoveInput): Promise<void> {
  const { em, clock } = ctx;
  const former = order.email;
  const token = (await isRead(em, order)) ? newToken() : null;
  await em.insert(OrderEmailChangeEntity, {
    ...{ id: uuid(), order, formerEmail: former, undoHash: token && hashOfToken(token) },
    ...{ createdAt: new Date(clock.now()), undoneAt: null },
  });
  await endKeys(ctx, { order, except: keyId });
  em.assign(order, { email, emailKey: emailKeyOf(email) });
  await em.flush();
  await recordOrderEvent(ctx, { orderId: order.id, kind: "email_changed" });
  if (order.state === "paid") await mailReceipt(ctx, order, await itemsOf(em, order.id));
  if (token !== null) await mailUndo(ctx, { order, to: former, token });
}

/**
 * True if somebody who may own an order is known to read mail at its email: who has used a link mailed there, or, of a
 * paid order, verified the email. Anybody can order for a verified email without paying: its owner is not mailed about
 * orders that others made up.
 */
async function isRead(em: EntityManager, { id, emailKey, state }: OrderRow): Promise<boolean> {
  const used = `select mailed_to as "mailedTo" from order_keys
    where order_id = ? and mailed_to is not null and used_at is not null`;
  const keys = await readRows<{ mailedTo: string }>(em, used, [id]);
  if (keys.some(({ mailedTo }) => emailKeyOf(mailedTo) === emailKey)) return true;
  if (state !== "paid") return false;
  const proven = "select id from users where email_key = ? and email_verified_at is not null";
  return (await readRows<{ id: string }>(em, proven, [emailKey])).length > 0;
}

/** Ends the keys of an order, except the one of a browser. */
export async function endKeys(
  { em, clock }: MailContext,
  { order, except }: { order: OrderRow; except: string | null },
): Promise<void> {
  const others = { order: order.id, endedAt: null, ...(except !== null && { id: { $ne: except } }) };
  await em.nativeUpdate(OrderKeyEntity, others, { endedAt: new Date(clock.now()) });
}

function mailUndo(
  ctx: MailContext,
  { order, to, token }: { order: OrderRow; to: string; token: string },
): Promise<unknown> {
  const words = orderEmailChangedWords({ ref: order.ref, linkMs: UNDO_LIFETIME_MS });
  const button = { label: words.buttonLabel, path: `/orders/${order.ref}#undo=${token}` };
  return enqueueMail(ctx, { kind: "order_email_changed", to, ...words, button });
}
