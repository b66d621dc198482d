import { forEachAtOnce } from "../../platform/jobs/for-each-at-once.ts";
import type { PaymentContext } from "../../sales/orders/begin-payment.ts";
import { claimCheck } from "../../sales/orders/check-due-orders.ts";
import { checkOrder } from "../../sales/orders/check-order.ts";
import { OrderEntity } from "../../sales/orders/order.entity.ts";
import { ProviderUnavailable } from "../../sales/payments/payment-provider.ts";
import { listWaitingOrders } from "./queries.ts";

/** Orders of one call, whose caller waits, and those of them that the provider is asked about at once. */
const IN_A_CALL = 20;
const AT_ONCE = 4;

/**
 * Checks orders that wait for a payment, without waiting until they are due, and delivers what was paid. Another call
 * goes on with others. A failure does not stop the rest. Throws `ProviderUnavailable` if no order could be asked about.
 */
export async function checkPayments(ctx: PaymentContext): Promise<{ checked: number; delivered: number }> {
  let [checked, delivered] = [0, 0];
  let unavailable: ProviderUnavailable | null = null;
  await forEachAtOnce(await listWaitingOrders(ctx.em.fork(), IN_A_CALL), AT_ONCE, async (id) => {
    const isDelivered = await checkOne(ctx, id);
    if (isDelivered instanceof ProviderUnavailable) unavailable = isDelivered;
    else if (isDelivered !== null) {
      checked += 1;
      if (isDelivered) delivered += 1;
    }
  });
  if (unavailable && checked === 0) throw unavailable;
  return { checked, delivered };
}

/** Tells if the check has delivered the order. Null: it was not checked. */
async function checkOne(ctx: PaymentContext, id: string): Promise<boolean | ProviderUnavailable | null> {
  const read = () => ctx.em.fork().findOneOrFail(OrderEntity, id);
  const before = await read();
  if (before.nextCheckAt && !(await claimCheck(ctx, before, ctx.clock.now()))) return null;
  try {
    await checkOrder(ctx, id);
  } catch (error) {
    if (error instanceof ProviderUnavailable) return error;
    ctx.log.warn({ orderId: id, error: (error as Error).message }, "could not check an order");
    return null;
  }
  return before.state !== "paid" && (await read()).state === "paid";
}
