import { type AnyMoney, anyMoneyText, moneyText } from "@yumroad/contract";
import type { MailContext } from "../../platform/mail/enqueue-mail.ts";
import { paymentTroubleWords } from "../../words/order-mails.ts";
import { mailSeller } from "./mail-seller.ts";
import type { OrderRow, OrderTrouble } from "./order.entity.ts";

/** Tells the seller of a payment that delivered nothing, in the transaction of `ctx.em`. */
export function mailPaymentTrouble(
  ctx: MailContext,
  order: OrderRow,
  { trouble, paid }: { trouble: OrderTrouble; paid: AnyMoney },
): Promise<void> {
  const words = paymentTroubleWords({
    kind: trouble,
    ref: order.ref,
    buyerEmail: order.email,
    total: moneyText({ amount: order.total, currency: order.currency }),
    paid: anyMoneyText(paid),
  });
  return mailSeller(ctx, { storeId: order.store.id, ref: order.ref }, { kind: "payment_trouble", words });
}
