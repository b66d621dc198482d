import { type AnyMoney, anyMoneyText } from "@yumroad/contract";
import type { MailContext } from "../../platform/mail/enqueue-mail.ts";
import { refundFailedWords } from "../../words/order-mails.ts";
import { mailSeller } from "../orders/mail-seller.ts";
import type { OrderRow } from "../orders/order.entity.ts";

/** Tells the seller of a refund that the buyer's bank did not take, in the transaction of `ctx.em`. */
export function mailRefundFailed(ctx: MailContext, order: OrderRow, amount: AnyMoney): Promise<void> {
  const words = refundFailedWords({ ref: order.ref, buyerEmail: order.email, amount: anyMoneyText(amount) });
  return mailSeller(ctx, { storeId: order.store.id, ref: order.ref }, { kind: "refund_failed", words });
}
