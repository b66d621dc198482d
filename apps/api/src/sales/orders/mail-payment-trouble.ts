import { type Money, moneyText } from "@yumroad/contract";
import type { MailContext } from "../../platform/mail/enqueue-mail.ts";
import { mailSeller } from "./mail-seller.ts";
import type { OrderRow, OrderTrouble } from "./order.entity.ts";

/** Tells the seller of a payment that delivered nothing, in the transaction of `ctx.em`. */
export function mailPaymentTrouble(
  ctx: MailContext,
  order: OrderRow,
  { trouble, paid }: { trouble: OrderTrouble; paid: Money },
): Promise<void> {
  const total = moneyText({ amount: order.total, currency: order.currency });
  return mailSeller(
    ctx,
    { storeId: order.store.id, ref: order.ref },
    {
      kind: "payment_trouble",
      subject: trouble === "paid_twice" ? "An order was paid twice" : "A payment differs from its order",
      heading: trouble === "paid_twice" ? "An order was paid twice" : "A payment differs from its order",
      paragraphs: [
        trouble === "paid_twice"
          ? `${order.email} paid order ${order.ref} again: ${moneyText(paid)}. They got what they bought once.`
          : `${order.email} paid ${moneyText(paid)} for order ${order.ref}, which costs ${total}. They haven’t got anything.`,
        "Refund the payment on the page of the sale.",
      ],
      rows: [
        ["Order", total],
        ["Extra payment", moneyText(paid)],
      ],
    },
  );
}
