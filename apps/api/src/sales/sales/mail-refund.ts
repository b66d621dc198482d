import { type Money, moneyText } from "@yumroad/contract";
import { enqueueMail, type MailContext } from "../../platform/mail/enqueue-mail.ts";
import type { OrderRow, OrderTrouble } from "../orders/order.entity.ts";

interface RefundMail {
  amount: Money;
  endsAccess: boolean;
  /** Why the refunded payment had delivered nothing; null: it is the one that the order was delivered for. */
  trouble: OrderTrouble | null;
}

/** Tells a buyer of a refund, in the transaction of `ctx.em`. */
export async function mailRefund(ctx: MailContext, order: OrderRow, refund: RefundMail): Promise<void> {
  const amount = moneyText(refund.amount);
  await enqueueMail(ctx, {
    kind: "refund",
    to: order.email,
    subject: `Your refund of ${amount}`,
    heading: `You’ll get ${amount} back`,
    paragraphs: [`${order.sellerName} refunded ${amount} for order ${order.ref}.`, wordsOf(order, refund)],
  });
}

function wordsOf({ state }: OrderRow, { endsAccess, trouble }: RefundMail): string {
  if (state !== "paid") return "Your payment differed from the price, so nothing was delivered. You can order again.";
  if (endsAccess) return "Your access to what you bought has ended.";
  const why = trouble === null ? "" : "You had paid more than once. ";
  return `${why}You keep your access to what you bought.`;
}
