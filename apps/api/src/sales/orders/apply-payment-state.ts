import type { PaymentState } from "../payments/payment-provider.ts";
import { type FulfilContext, fulfilOrder } from "./fulfil-order.ts";
import { lockOrder } from "./lock-order.ts";
import { PaymentAttemptEntity, type PaymentAttemptRow } from "./payment-attempt.entity.ts";
import { recordOrderEvent } from "./record-order-event.ts";
import { giveBackDiscount, takeDiscount } from "./reserve-discount.ts";

/** Time after which a payment that is under way is asked about again. */
const PENDING_CHECK_MS = 6 * 60 * 60_000;

type Attempt = Pick<PaymentAttemptRow, "id" | "n" | "state">;

/**
 * Brings an order to the state of its payment, in the transaction of `ctx.em`. The webhook, the page that the buyer returns to and the sweep all end
 * here, in any order and as often as they like: a paid order stays paid, whatever comes late.
 */
export async function applyPaymentState(
  ctx: FulfilContext,
  { orderId, attempt, state }: { orderId: string; attempt: Attempt; state: PaymentState },
): Promise<void> {
  if (state.is === "paid" && state.paid) {
    const outcome = await fulfilOrder(ctx, {
      orderId,
      attempt: {
        ...{ id: attempt.id, paid: state.paid, payment: state.payment },
        ...{ tax: state.tax ?? null, country: state.country ?? null },
      },
    });
    if (outcome === "paid_twice" || outcome === "amount_differs")
      ctx.log.error({ event: "order_in_trouble", orderId, trouble: outcome }, "a payment needs a person");
    return;
  }
  const { is } = state;
  if (is === "open" || is === "paid" || is === attempt.state) return;
  await saveUnpaid(ctx, { orderId, attempt, is });
}

async function saveUnpaid(
  ctx: FulfilContext,
  { orderId, attempt, is }: { orderId: string; attempt: Attempt; is: "pending" | "failed" | "expired" },
): Promise<void> {
  const { em, clock } = ctx;
  const order = await lockOrder(em, orderId);
  // Of concurrent calls with one answer, the first saves it.
  const unpaid = { id: attempt.id, state: { $nin: ["paid", is] } } as const;
  if ((await em.nativeUpdate(PaymentAttemptEntity, unpaid, { state: is })) === 0) return;
  // The buyer has begun a later attempt, which decides; or the order is paid.
  const later = await em.count(PaymentAttemptEntity, { order: order.id, n: { $gt: attempt.n } });
  if (order.state === "paid" || later > 0) return;
  order.state = is;
  if (is === "pending") order.nextCheckAt = new Date(clock.now() + PENDING_CHECK_MS);
  await em.flush();
  await (is === "pending" ? takeDiscount(em, order.id) : giveBackDiscount(em, order.id));
  await recordOrderEvent(ctx, { orderId: order.id, kind: `payment_${is}` });
}
