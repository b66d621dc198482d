import { inTransaction } from "../../platform/http/context.ts";
import type { PaymentContext } from "../orders/begin-payment.ts";
import type { PaymentAttemptRow } from "../orders/payment-attempt.entity.ts";
import { RefundEntity } from "../orders/refund.entity.ts";
import { providerNamed } from "../payments/payment-provider.ts";
import { applyPaymentHistory } from "./apply-payment-history.ts";
import { type RefundMailLimits, takeRefundMail } from "./mail-refund.ts";
import { saveRefund } from "./save-refund.ts";

export type RefundContext = PaymentContext & RefundMailLimits;

/** Asks the provider for a refund that is stored, and stores its answer. A repeated call refunds nothing twice. */
export async function finishRefund(ctx: RefundContext, refundId: string): Promise<void> {
  const refund = await ctx.em.fork().findOneOrFail(RefundEntity, refundId, { populate: ["attempt", "order"] });
  if (refund.state !== "asked") return;
  const { id: attemptId, provider: name, payment, paidCurrency } = refund.attempt as unknown as PaymentAttemptRow;
  if (!payment || !paidCurrency) throw new Error(`Refund ${refundId} is of an attempt that has no payment`);
  const provider = providerNamed(ctx.payments, name);
  const orderId = refund.order.id;
  if (refund.isFromProvider) {
    // The provider has made it by itself: to ask for it again would be another refund.
    return applyPaymentHistory(ctx, provider, { orderId, attemptId, payment });
  }
  const money = { amount: refund.amount, currency: paidCurrency };
  const state = await provider.refund(payment, money, refundId);
  const isMailed = state.is === "done" && (await takeRefundMail(ctx, refund.order.email));
  await inTransaction(ctx, (ctx) => saveRefund(ctx, { refundId, orderId, state, isMailed, hadFailed: false }));
}
