import { formatDay } from "../../platform/lib/format-day.ts";
import { enqueueMail, type Mail, type MailContext } from "../../platform/mail/enqueue-mail.ts";
import { issueOrderKey } from "./issue-order-key.ts";
import type { OrderRow } from "./order.entity.ts";
import type { ItemOfOrder } from "./queries.ts";
import { wordsOfOrder } from "./words-of-order.ts";

/** What a receipt says of its order. */
export type ReceiptFacts = Pick<
  OrderRow,
  | ("id" | "ref" | "number" | "email" | "currency" | "total" | "createdAt" | "paidAt" | "consentText")
  | ("sellerName" | "sellerAddress" | "sellerContact")
>;

/**
 * Mails the receipt of a paid order, with a new key that opens it, in the transaction of `ctx.em`. It repeats what the
 * buyer has agreed to word for word: only that makes the agreement count (Consumer Rights Directive, article 16(m)).
 */
export async function mailReceipt(ctx: MailContext, order: ReceiptFacts, items: readonly ItemOfOrder[]): Promise<void> {
  await enqueueMail(ctx, await writeReceipt(ctx, order, items));
}

/** The receipt of a paid order, as `mailReceipt` mails it. Issues its key, in the transaction of `ctx.em`. */
export async function writeReceipt(
  ctx: MailContext,
  order: ReceiptFacts,
  items: readonly ItemOfOrder[],
): Promise<Mail> {
  const { name, rows, parties } = wordsOfOrder(order, items);
  const { key } = await issueOrderKey(ctx, { orderId: order.id, mailedTo: order.email });
  return {
    kind: "receipt",
    to: order.email,
    subject: `Your receipt for ${name}`,
    heading: order.total === 0 ? "Here is your product" : "Thank you for your order",
    paragraphs: [`Order ${order.ref}, ${formatDay(order.paidAt ?? order.createdAt)}.`],
    rows,
    button: { label: "Open your order", path: `/orders/${order.ref}#key=${key}` },
    notes: [
      ...(order.number === null || order.total === 0 ? [] : [`Receipt no. ${order.number}`]),
      ...parties,
      ...(order.consentText === null ? [] : [`You agreed: “${order.consentText}”`]),
    ],
    closing: "Keep this email: its link opens your order at any time.",
  };
}
