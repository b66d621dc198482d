import { inTransaction } from "../../platform/http/context.ts";
import { beginPayment, type PaymentContext } from "./begin-payment.ts";
import { checkAttempt, isBegun } from "./check-attempt.ts";
import { fulfilOrder } from "./fulfil-order.ts";
import { OrderEntity } from "./order.entity.ts";
import { PaymentAttemptEntity } from "./payment-attempt.entity.ts";

/**
 * Asks the provider how far an order is, and brings the order to that state. Goes on with what a process that died has
 * left: a free order that was not delivered, and an attempt of which the provider was not asked. All attempts are asked
 * about, since money can arrive for an earlier one, or for two; also one that is paid, as long as its order is not. Throws
 * `ProviderUnavailable`.
 */
export async function checkOrder(ctx: PaymentContext, orderId: string): Promise<void> {
  const order = await ctx.em.fork().findOneOrFail(OrderEntity, orderId);
  if (order.total === 0) {
    if (order.state !== "paid") await inTransaction(ctx, (ctx) => fulfilOrder(ctx, { orderId, attempt: null }));
    return;
  }
  const attempts = await ctx.em.fork().find(PaymentAttemptEntity, { order: orderId }, { orderBy: { n: "asc" } });
  for (const attempt of attempts) {
    if (!isBegun(attempt)) await beginPayment(ctx, orderId);
    else if (attempt.state !== "paid" || order.state !== "paid") await checkAttempt(ctx, attempt);
  }
}
