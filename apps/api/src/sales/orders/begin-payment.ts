import { inTransaction } from "../../platform/http/context.ts";
import {
  type BegunPayment,
  type PaymentProviders,
  PaymentRefused,
  type PaymentState,
  providerNamed,
} from "../payments/payment-provider.ts";
import { applyPaymentState } from "./apply-payment-state.ts";
import { checkAttempt, isBegun } from "./check-attempt.ts";
import type { FulfilContext } from "./fulfil-order.ts";
import { insertAttempt } from "./insert-attempt.ts";
import { lockOrder } from "./lock-order.ts";
import { OrderEntity, type OrderRow } from "./order.entity.ts";
import { OrderItemEntity } from "./order-item.entity.ts";
import { PaymentAttemptEntity, type PaymentAttemptRow } from "./payment-attempt.entity.ts";
import { recordOrderEvent } from "./record-order-event.ts";
import { reserveDiscount } from "./reserve-discount.ts";

export type PaymentContext = FulfilContext & {
  payments: PaymentProviders;
  config: { publicUrl: URL };
};

/** Time after which a payment that was begun is checked without anybody asking. */
export const FIRST_CHECK_MS = 2 * 60_000;

/**
 * Asks the provider to take the payment of an order, and returns the address where the buyer pays; null: outside of the
 * shop, the order is paid by now or about to be, or the provider has refused it. An attempt that has ended is followed by another one, but not while money that differs
 * from the order waits for a person: the buyer is not to pay once more before it is settled. The attempt is stored before
 * the provider is asked, and the same attempt always gets the same session: if the process dies in between, the next
 * call goes on. Throws `ProviderUnavailable`, and the refusal `discount_used_up` if others use the order's discount by
 * now.
 */
export async function beginPayment(ctx: PaymentContext, orderId: string): Promise<string | null> {
  await endEarlierSessions(ctx, orderId);
  const { order, attempt } = await inTransaction(ctx, (ctx) => currentAttempt(ctx, orderId));
  if (order.state === "paid" || hasEnded(attempt.state) || attempt.state === "pending") return null;
  if (attempt.session) return attempt.payAt ?? null;
  const begun = await askProvider(ctx, { order, attempt });
  if (begun === null) return null;
  return inTransaction(ctx, async (ctx) => {
    const { session, payAt, endsAt } = begun;
    const isUnknown = { id: attempt.id, session: null };
    // Another call has stored a session: the buyer gets that one and no other, so that nobody pays one that is unknown.
    if ((await ctx.em.nativeUpdate(PaymentAttemptEntity, isUnknown, { session, payAt })) === 0)
      return (await ctx.em.findOneOrFail(PaymentAttemptEntity, attempt.id, { refresh: true })).payAt ?? null;
    // The order may have been given up before, so that it was not to be checked any more.
    const nextCheckAt = new Date(ctx.clock.now() + FIRST_CHECK_MS);
    await ctx.em.nativeUpdate(OrderEntity, { id: orderId }, { payUntil: endsAt, nextCheckAt });
    await recordOrderEvent(ctx, { orderId, kind: "payment_begun" });
    return payAt;
  });
}

/** Asks the provider to take the payment. Null: it will never take this one, and the attempt has failed. */
async function askProvider(
  ctx: PaymentContext,
  { order, attempt }: { order: OrderRow; attempt: PaymentAttemptRow },
): Promise<BegunPayment | null> {
  const provider = providerNamed(ctx.payments, attempt.provider);
  const [item] = await ctx.em.fork().find(OrderItemEntity, { order: order.id });
  const { publicUrl } = ctx.config;
  const frozen = {
    ...{ id: order.id, ref: order.ref, attempt: attempt.n, email: order.email, itemName: item?.name ?? order.ref },
    total: { amount: order.total, currency: order.currency },
  };
  const urls = {
    back: new URL(`/orders/${order.ref}`, publicUrl).href,
    cancel: new URL(`/p/${item?.slug ?? ""}/checkout`, publicUrl).href,
  };
  try {
    return await provider.begin(frozen, urls);
  } catch (error) {
    if (!(error instanceof PaymentRefused)) throw error;
    ctx.log.error({ event: "payment_refused", orderId: order.id, reason: error.message }, "a payment was refused");
    const state = { is: "failed", paid: null, payment: null } as const;
    await inTransaction(ctx, (ctx) => applyPaymentState(ctx, { orderId: order.id, attempt, state }));
    return null;
  }
}

/**
 * Before another attempt: ends the sessions of the earlier ones at the provider, so that the buyer can't pay twice. Each
 * is asked about again afterwards, since money can arrive at the last moment. Does nothing while the last attempt can
 * still be paid.
 */
async function endEarlierSessions(ctx: PaymentContext, orderId: string): Promise<void> {
  const attempts = await ctx.em.fork().find(PaymentAttemptEntity, { order: orderId }, { orderBy: { n: "asc" } });
  const last = attempts.at(-1);
  if (!last || !isBegun(last)) return;
  const state = await checkAttempt(ctx, last);
  if (!hasEnded(last.state) && !hasEnded(state)) return;
  for (const attempt of attempts) {
    if (!isBegun(attempt) || attempt.state === "paid") continue;
    await providerNamed(ctx.payments, attempt.provider).cancel(attempt.session);
    await checkAttempt(ctx, attempt);
  }
}

/** The attempt that can still be paid: the last one, or a new one if the last has ended. An order in trouble gets none. */
async function currentAttempt(
  ctx: PaymentContext,
  orderId: string,
): Promise<{ order: OrderRow; attempt: PaymentAttemptRow }> {
  const { em } = ctx;
  const order = await lockOrder(em, orderId);
  const last = () => em.findOneOrFail(PaymentAttemptEntity, { order: orderId }, { orderBy: { n: "desc" } });
  const known = await last();
  if (order.state === "paid" || order.trouble !== null) return { order, attempt: known };
  // The order may have given it back meanwhile. What it costs stays frozen.
  await reserveDiscount(em, order);
  if (!hasEnded(known.state)) return { order, attempt: known };
  await insertAttempt(ctx, { order, n: known.n + 1, provider: known.provider });
  await em.nativeUpdate(OrderEntity, { id: orderId, state: { $in: ["failed", "expired"] } }, { state: "open" });
  return { order, attempt: await last() };
}

/** True for an attempt that can't be paid any more; a paid one of an unpaid order is of another amount. */
function hasEnded(state: PaymentState["is"]): boolean {
  return state === "failed" || state === "expired" || state === "paid";
}
