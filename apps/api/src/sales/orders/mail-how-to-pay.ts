import type { Limits } from "../../config/limits.ts";
import { enqueueMail, type MailContext } from "../../platform/mail/enqueue-mail.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import { howToPayWords } from "../../words/order-mails.ts";
import { factsOfOrder } from "./facts-of-order.ts";
import { issueOrderKey } from "./issue-order-key.ts";
import type { OrderRow } from "./order.entity.ts";
import { OrderItemEntity } from "./order-item.entity.ts";
import { takeMail } from "./take-mail.ts";

export interface HowToPayLimits {
  limits: Pick<Limits, "howToPayMails">;
  rateLimiter: RateLimiter;
}

/**
 * Counts a mail on how to pay, and returns false if there were enough of them to this email: anybody can order for any
 * email, and nothing has to be paid for it. The order is made without the mail then.
 */
export function takeHowToPayMail({ limits, rateLimiter }: HowToPayLimits, email: string): Promise<boolean> {
  return takeMail(rateLimiter, { name: "how-to-pay", email, limit: limits.howToPayMails });
}

/**
 * Mails the seller's words on how to pay an order outside of the shop, with a new key that opens it, in the transaction
 * of `ctx.em`. The payment may take days, in which a guest's browser can lose its cookie.
 */
export async function mailHowToPay(ctx: MailContext, order: OrderRow): Promise<void> {
  const items = await ctx.em.find(OrderItemEntity, { order: order.id }, { orderBy: { id: "asc" } });
  const words = howToPayWords({ ...factsOfOrder(order, items), payInstructions: order.payInstructions });
  const { key } = await issueOrderKey(ctx, { orderId: order.id, mailedTo: order.email });
  await enqueueMail(ctx, {
    kind: "how_to_pay",
    to: order.email,
    ...words,
    button: { label: words.buttonLabel, path: `/orders/${order.ref}#key=${key}` },
  });
}
