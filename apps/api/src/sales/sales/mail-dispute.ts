import { anyMoneyText } from "@yumroad/contract";
import type { MailContext } from "../../platform/mail/enqueue-mail.ts";
import { disputeWords } from "../../words/dispute-mails.ts";
import { mailSeller } from "../orders/mail-seller.ts";
import type { OrderRow } from "../orders/order.entity.ts";
import type { DisputeAtProvider } from "../payments/payment-provider.ts";

/** Tells the seller of a dispute that was opened or is over, in the transaction of `ctx.em`. */
export function mailDispute(
  ctx: MailContext,
  order: OrderRow,
  { is, amount, answerBy, hasEndedAccess }: DisputeAtProvider & { hasEndedAccess: boolean },
): Promise<void> {
  const outcome = is === "won" || is === "lost" ? is : "opened";
  const facts = { ref: order.ref, buyerEmail: order.email, amount: anyMoneyText(amount), answerBy, hasEndedAccess };
  const words = disputeWords({ ...facts, outcome });
  return mailSeller(ctx, { storeId: order.store.id, ref: order.ref }, { kind: "dispute", words });
}
