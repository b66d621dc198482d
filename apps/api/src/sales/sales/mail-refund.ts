import { type AnyMoney, anyMoneyText } from "@yumroad/contract";
import type { Limits } from "../../config/limits.ts";
import { enqueueMail, type MailContext } from "../../platform/mail/enqueue-mail.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import { type RefundOutcome, refundWords } from "../../words/order-mails.ts";
import type { OrderRow, OrderTrouble } from "../orders/order.entity.ts";
import { takeMail } from "../orders/take-mail.ts";

interface RefundMail {
  amount: AnyMoney;
  endsAccess: boolean;
  /** Why the refunded payment had delivered nothing; null: it is the one that the order was delivered for. */
  trouble: OrderTrouble | null;
}

export interface RefundMailLimits {
  limits: Pick<Limits, "refundMails">;
  rateLimiter: RateLimiter;
}

/**
 * Counts a mail about a refund, and returns false if there were enough of them to this email: a seller can make up orders
 * for a stranger and refund them in small parts. The refund is made without the mail then.
 */
export function takeRefundMail({ limits, rateLimiter }: RefundMailLimits, email: string): Promise<boolean> {
  return takeMail(rateLimiter, { name: "refund-mails", email, limit: limits.refundMails });
}

/** Tells a buyer of a refund, in the transaction of `ctx.em`. */
export async function mailRefund(ctx: MailContext, order: OrderRow, refund: RefundMail): Promise<void> {
  const amount = anyMoneyText(refund.amount);
  await enqueueMail(ctx, {
    kind: "refund",
    to: order.email,
    ...refundWords({ ref: order.ref, sellerName: order.sellerName, amount, outcome: outcomeOf(order, refund) }),
  });
}

function outcomeOf({ state }: OrderRow, { endsAccess, trouble }: RefundMail): RefundOutcome {
  if (state !== "paid") return "nothing_delivered";
  if (endsAccess) return "access_ended";
  return trouble === null ? "access_kept" : "extra_payment";
}
