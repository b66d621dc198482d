import { formatDay } from "../../platform/lib/format-day.ts";
import { enqueueMail, type Mail, type MailContext } from "../../platform/mail/enqueue-mail.ts";
import { receiptWords } from "../../words/order-mails.ts";
import { factsOfOrder } from "./facts-of-order.ts";
import { issueOrderKey } from "./issue-order-key.ts";
import type { OrderRow } from "./order.entity.ts";
import type { ItemOfOrder } from "./queries.ts";

/** The fields of an order that its receipt contains. */
export type ReceiptFacts = Pick<
  OrderRow,
  | ("id" | "ref" | "number" | "email" | "currency" | "total" | "createdAt" | "paidAt" | "consentText")
  | ("sellerName" | "sellerAddress" | "sellerContact" | "merchantOfRecord")
>;

/**
 * Mails the receipt of a paid order, with a new key that opens it, in the transaction of `ctx.em`. It repeats what the
 * buyer has agreed to word for word: only that makes the agreement count (Consumer Rights Directive, article 16(m)).
 */
export async function mailReceipt(ctx: MailContext, order: ReceiptFacts, items: readonly ItemOfOrder[]): Promise<void> {
  const mailId = await enqueueMail(ctx, await writeReceipt(ctx, order, items));
  await noteReceipt(ctx, { orderId: order.id, mailId });
}

/**
 * Notes the mail with the receipt of an order: only once it is sent has the buyer lost the right of withdrawal. The first
 * one that was sent counts.
 */
export async function noteReceipt(
  { em }: Pick<MailContext, "em">,
  { orderId, mailId }: { orderId: string; mailId: string | null },
): Promise<void> {
  if (mailId === null) return;
  const sql = `update orders set receipt_mail_id = ? where id = ?
    and not exists (select id from mails where id = orders.receipt_mail_id and sent_at is not null)`;
  await em.execute(sql, [mailId, orderId]);
}

/** The receipt of a paid order, as `mailReceipt` mails it. Issues its key, in the transaction of `ctx.em`. */
export async function writeReceipt(
  ctx: MailContext,
  order: ReceiptFacts,
  items: readonly ItemOfOrder[],
): Promise<Mail> {
  const words = receiptWords({
    ...factsOfOrder(order, items),
    day: formatDay(order.paidAt ?? order.createdAt),
    isFree: order.total === 0,
    number: order.number ?? null,
    consentText: order.consentText ?? null,
  });
  const { key } = await issueOrderKey(ctx, { orderId: order.id, mailedTo: order.email });
  return {
    kind: "receipt",
    to: order.email,
    ...words,
    button: { label: words.buttonLabel, path: `/orders/${order.ref}#key=${key}` },
  };
}
