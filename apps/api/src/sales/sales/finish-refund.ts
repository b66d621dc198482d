import { inTransaction } from "../../platform/http/context.ts";
import { addToQuarter } from "../orders/add-to-quarter.ts";
import type { PaymentContext } from "../orders/begin-payment.ts";
import { lockOrder } from "../orders/lock-order.ts";
import type { PaymentAttemptRow } from "../orders/payment-attempt.entity.ts";
import { recordOrderEvent } from "../orders/record-order-event.ts";
import { RefundEntity } from "../orders/refund.entity.ts";
import { providerNamed, type RefundState } from "../payments/payment-provider.ts";
import { changeAccess } from "./change-access.ts";
import { mailRefund, type RefundMailLimits, takeRefundMail } from "./mail-refund.ts";
import { settleTrouble } from "./settle-trouble.ts";

export type RefundContext = PaymentContext & RefundMailLimits;

/** Asks the provider for a refund that is stored, and stores its answer. A repeated call refunds nothing twice. */
export async function finishRefund(ctx: RefundContext, refundId: string): Promise<void> {
  const refund = await ctx.em.fork().findOneOrFail(RefundEntity, refundId, { populate: ["attempt", "order"] });
  if (refund.state !== "asked") return;
  const { provider, payment, paidCurrency } = refund.attempt as unknown as PaymentAttemptRow;
  if (!payment || !paidCurrency) throw new Error(`Refund ${refundId} is of an attempt that has no payment`);
  const money = { amount: refund.amount, currency: paidCurrency };
  const state = await providerNamed(ctx.payments, provider).refund(payment, money, refundId);
  const isMailed = state.is === "done" && (await takeRefundMail(ctx, refund.order.email));
  await inTransaction(ctx, (ctx) => saveRefund(ctx, { refundId, state, isMailed }));
}

async function saveRefund(
  ctx: PaymentContext,
  { refundId, state, isMailed }: { refundId: string; state: RefundState; isMailed: boolean },
): Promise<void> {
  const { em, clock } = ctx;
  const isDone = state.is === "done";
  const answer = isDone ? { state: "done", providerRefund: state.refund } : { state: "failed" };
  // Of several callers, one stores the answer.
  const isAsked = { id: refundId, state: "asked" } as const;
  if ((await em.nativeUpdate(RefundEntity, isAsked, answer as { state: "done" })) === 0) return;
  const refund = await em.findOneOrFail(RefundEntity, refundId, { populate: ["attempt"] });
  const { trouble = null, paidCurrency } = refund.attempt as unknown as PaymentAttemptRow;
  const order = await lockOrder(em, refund.order.id);
  await recordOrderEvent(ctx, { orderId: order.id, kind: isDone ? "refunded" : "refund_failed" });
  if (!isDone) return;
  if (refund.endsAccess) await changeAccess(ctx, { orderId: order.id, hasAccess: false });
  if (trouble === null) {
    order.refunded += refund.amount;
    await em.flush();
    const sums = { storeId: order.store.id, currency: order.currency };
    await addToQuarter(em, sums, { at: clock.now(), orders: 0, gross: 0, refunded: refund.amount });
  } else await settleTrouble(ctx, order);
  if (!isMailed) return;
  const amount = { amount: refund.amount, currency: paidCurrency ?? order.currency };
  await mailRefund(ctx, order, { amount, endsAccess: refund.endsAccess, trouble });
}
