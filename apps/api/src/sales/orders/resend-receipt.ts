import type { Limits } from "../../config/limits.ts";
import type { Context } from "../../platform/http/context.ts";
import { inTransaction } from "../../platform/http/context.ts";
import { Refusal } from "../../platform/http/problem.ts";
import { refuseOverLimit } from "../../platform/http/refuse-over-limit.ts";
import type { MailContext } from "../../platform/mail/enqueue-mail.ts";
import type { LimitKey, RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import { mailReceipt } from "./mail-receipt.ts";
import { OrderEntity, type OrderRow } from "./order.entity.ts";
import { itemsOf } from "./queries.ts";
import { recordOrderEvent } from "./record-order-event.ts";

type ResendContext = MailContext & Context & { limits: Limits; rateLimiter: RateLimiter };

/**
 * Mails the receipt of a paid order again, with another key: the former ones stay good. Returns the refusal; null: it was
 * mailed. `limitKeysOf`: the limits of whoever asks, beside that of the order.
 */
export async function resendReceipt(
  ctx: ResendContext,
  { orderId, limitKeysOf }: { orderId: string; limitKeysOf(order: OrderRow): LimitKey[] | Promise<LimitKey[]> },
): Promise<Refusal | null> {
  if (ctx.mailer.way === "none") return new Refusal("mail_unavailable");
  const order = await ctx.em.fork().findOneOrFail(OrderEntity, orderId);
  if (order.state !== "paid") return new Refusal("not_found");
  const ofOrder = { key: `receipts:${orderId}`, limit: ctx.limits.receiptsOfOrder };
  const refusal = await refuseOverLimit(ctx, [ofOrder, ...(await limitKeysOf(order))]);
  if (refusal) return refusal;
  await inTransaction(ctx, async (ctx) => {
    await mailReceipt(ctx, await ctx.em.findOneOrFail(OrderEntity, orderId), await itemsOf(ctx.em, orderId));
    await recordOrderEvent(ctx, { orderId, kind: "receipt_sent" });
  });
  return null;
}
