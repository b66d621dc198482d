import type { Context } from "../../platform/http/context.ts";
import type { OrderRow } from "../orders/order.entity.ts";
import { PaymentAttemptEntity } from "../orders/payment-attempt.entity.ts";
import { recordOrderEvent } from "../orders/record-order-event.ts";
import { giveBackDiscount } from "../orders/reserve-discount.ts";
import { extraPaymentsOf } from "./queries.ts";

/**
 * Ends the trouble of an order once all money that delivered nothing is given back. Without an attempt that can still be
 * paid, an unpaid order has expired then, so that its buyer can order again. The caller has locked the order.
 */
export async function settleTrouble(ctx: Pick<Context, "em" | "clock">, order: OrderRow): Promise<void> {
  const { em } = ctx;
  const extra = await extraPaymentsOf(em, order.id);
  if (order.trouble === null || extra.some(({ paid, refunded }) => refunded < paid)) return;
  const awaited = await em.count(PaymentAttemptEntity, { order: order.id, state: { $in: ["open", "pending"] } });
  em.assign(order, { trouble: null, ...(order.state === "paid" || awaited > 0 ? {} : { state: "expired" as const }) });
  await em.flush();
  if (order.state === "expired") await giveBackDiscount(em, order.id);
  await recordOrderEvent(ctx, { orderId: order.id, kind: "trouble_settled" });
}
