import { addToQuarter } from "../orders/add-to-quarter.ts";
import type { PaymentContext } from "../orders/begin-payment.ts";
import { lockOrder } from "../orders/lock-order.ts";
import type { OrderRow } from "../orders/order.entity.ts";
import type { PaymentAttemptRow } from "../orders/payment-attempt.entity.ts";
import { recordOrderEvent } from "../orders/record-order-event.ts";
import { RefundEntity, type RefundRow } from "../orders/refund.entity.ts";
import type { RefundState } from "../payments/payment-provider.ts";
import { endAccess, giveBackAccess } from "./end-access.ts";
import { mailRefund } from "./mail-refund.ts";
import { mailRefundFailed } from "./mail-refund-failed.ts";
import { settleTrouble } from "./settle-trouble.ts";

interface SaveInput {
  refundId: string;
  orderId: string;
  state: RefundState;
  /** True if the buyer is to be told of a refund that is done. */
  isMailed: boolean;
  /** True if the refund was stored as failed before the provider was asked, so that its answer is newer. */
  hadFailed: boolean;
}

interface Saved {
  order: OrderRow;
  attempt: PaymentAttemptRow;
  refund: RefundRow;
}

/**
 * Stores how far a refund is, as its provider says it, in the transaction of `ctx.em`. Does nothing if it is stored
 * already, so of several callers one counts the money. A refund that was done can fail days later, when the buyer's bank
 * does not take it: then the sums and the access are as they were before. One that has failed can be done after all.
 * "unsure": it has changed here since the provider was asked.
 */
export async function saveRefund(ctx: PaymentContext, input: SaveInput): Promise<"saved" | "unsure"> {
  const { em } = ctx;
  const { refundId, orderId, state, hadFailed } = input;
  const order = await lockOrder(em, orderId);
  const row = await em.findOneOrFail(RefundEntity, refundId, { populate: ["attempt"], refresh: true });
  const before = row.state;
  const saved = { order, attempt: row.attempt as unknown as PaymentAttemptRow, refund: row };
  if (before === state.is) return "saved";
  if (state.is === "pending") {
    if (before === "asked") await em.nativeUpdate(RefundEntity, refundId, { providerRefund: state.refund });
    return "saved";
  }
  if (before !== "asked" && hadFailed !== (before === "failed")) return "unsure";
  if (state.is === "failed") await saveFailed(ctx, saved);
  else if (await isCovered(em, saved)) await saveDone(ctx, saved, { isMailed: input.isMailed, name: state.refund });
  else {
    ctx.log.error({ event: "refund_beyond_payment", orderId, refundId }, "more was refunded than was paid");
    if (before === "asked") await saveFailed(ctx, saved);
  }
  return "saved";
}

async function saveDone(ctx: PaymentContext, saved: Saved, { isMailed, name }: { isMailed: boolean; name: string }) {
  const { order, refund } = saved;
  await ctx.em.nativeUpdate(RefundEntity, refund.id, { state: "done", providerRefund: name });
  await recordOrderEvent(ctx, { orderId: order.id, kind: "refunded" });
  await finish(ctx, saved, isMailed);
}

async function saveFailed(ctx: PaymentContext, saved: Saved): Promise<void> {
  const { order, refund } = saved;
  await ctx.em.nativeUpdate(RefundEntity, refund.id, { state: "failed" });
  await recordOrderEvent(ctx, { orderId: order.id, kind: "refund_failed" });
  if (refund.state === "done") await takeBack(ctx, saved);
  // A refusal at once is on the seller's screen.
  if (refund.providerRefund) await mailRefundFailed(ctx, order, { amount: refund.amount, currency: currencyOf(saved) });
}

/** True if what is left of the payment covers the refund. */
async function isCovered(em: PaymentContext["em"], { order, attempt, refund }: Saved): Promise<boolean> {
  const done = await em.find(RefundEntity, { attempt: attempt.id, state: "done", id: { $ne: refund.id } });
  const refunded = done.reduce((sum, { amount }) => sum + amount, 0);
  return refunded + refund.amount <= (attempt.paidAmount ?? order.total);
}

async function finish(ctx: PaymentContext, saved: Saved, isMailed: boolean): Promise<void> {
  const { order, attempt, refund } = saved;
  const { trouble = null } = attempt;
  const at = new Date(ctx.clock.now());
  const accessEndedAt = refund.endsAccess ? await endAccess(ctx, order.id) : null;
  await ctx.em.nativeUpdate(RefundEntity, refund.id, { accessEndedAt, countedAt: at });
  if (trouble === null) await addRefunded(ctx, order, { amount: refund.amount, at });
  else await settleTrouble(ctx, order);
  if (!isMailed) return;
  const amount = { amount: refund.amount, currency: currencyOf(saved) };
  await mailRefund(ctx, order, { amount, endsAccess: refund.endsAccess, trouble });
}

/** Undoes what the refund has done, and no more: access that was ended again since, or by another refund, stays ended. */
async function takeBack(ctx: PaymentContext, { order, attempt, refund }: Saved): Promise<void> {
  const { em } = ctx;
  const { trouble = null } = attempt;
  const endedAt = refund.accessEndedAt;
  if (endedAt) await giveBackAccess(ctx, { orderId: order.id, endedAt });
  if (trouble === null)
    return addRefunded(ctx, order, { amount: -refund.amount, at: refund.countedAt ?? new Date(ctx.clock.now()) });
  em.assign(order, { trouble });
  await em.flush();
}

/** Counts money that was given back at a time; below 0: that came back after all, taken off where it was counted. */
async function addRefunded(
  { em }: PaymentContext,
  order: OrderRow,
  { amount, at }: { amount: number; at: Date },
): Promise<void> {
  order.refunded += amount;
  await em.flush();
  const sums = { storeId: order.store.id, currency: order.currency };
  await addToQuarter(em, sums, { at: at.getTime(), orders: 0, gross: 0, refunded: amount });
}

function currencyOf({ order, attempt }: Pick<Saved, "order" | "attempt">): string {
  return attempt.paidCurrency ?? order.currency;
}
