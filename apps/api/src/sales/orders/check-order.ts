import { inTransaction } from "../../platform/http/context.ts";
import { Refusal } from "../../platform/http/problem.ts";
import { beginPayment, type PaymentContext } from "./begin-payment.ts";
import { checkAttempt, isBegun } from "./check-attempt.ts";
import { fulfilOrder } from "./fulfil-order.ts";
import { OrderEntity } from "./order.entity.ts";
import { PaymentAttemptEntity } from "./payment-attempt.entity.ts";

/** Begins a payment that was left. Its discount may be used up by now: nobody is here to be told, so nothing is begun. */
async function goOn(ctx: PaymentContext, orderId: string): Promise<void> {
  try {
    await beginPayment(ctx, orderId);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

/**
 * Asks the provider how far an order is, and brings the order to that state. Goes on with what a process that died has
 * left: a free order that was not delivered, and until the last check an attempt of which the provider was not asked. All
 * attempts are asked about, since money can arrive for an earlier one, or for two; also one that is paid, as long as its
 * order is not. Throws `ProviderUnavailable`.
 */
export async function checkOrder(ctx: PaymentContext, orderId: string): Promise<void> {
  const order = await ctx.em.fork().findOneOrFail(OrderEntity, orderId);
  if (order.total === 0) {
    if (order.state !== "paid") await inTransaction(ctx, (ctx) => fulfilOrder(ctx, { orderId, attempt: null }));
    return;
  }
  const attempts = await ctx.em.fork().find(PaymentAttemptEntity, { order: orderId }, { orderBy: { n: "asc" } });
  for (const attempt of attempts) {
    if (isBegun(attempt)) {
      if (attempt.state !== "paid" || order.state !== "paid") await checkAttempt(ctx, attempt);
    } else if (order.nextCheckAt && attempt.state === "open") await goOn(ctx, orderId);
  }
}
