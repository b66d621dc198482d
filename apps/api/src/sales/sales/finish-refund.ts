import { moneyText } from "@yumroad/contract";
import { inTransaction } from "../../platform/http/context.ts";
import { enqueueMail } from "../../platform/mail/enqueue-mail.ts";
import { addToQuarter } from "../orders/add-to-quarter.ts";
import type { PaymentContext } from "../orders/begin-payment.ts";
import { lockOrder } from "../orders/lock-order.ts";
import type { OrderRow } from "../orders/order.entity.ts";
import { recordOrderEvent } from "../orders/record-order-event.ts";
import { RefundEntity } from "../orders/refund.entity.ts";
import { providerNamed, type RefundState } from "../payments/payment-provider.ts";
import { changeAccess } from "./change-access.ts";
import { attemptOf } from "./queries.ts";

/** Asks the provider for a refund that is stored, and stores its answer. A repeated call refunds nothing twice. */
export async function finishRefund(ctx: PaymentContext, refundId: string): Promise<void> {
  const refund = await ctx.em.fork().findOneOrFail(RefundEntity, refundId, { populate: ["order"] });
  if (refund.state !== "asked") return;
  const order = refund.order as unknown as OrderRow;
  const attempt = await attemptOf(ctx.em.fork(), order.id);
  if (!attempt?.payment) throw new Error(`Order ${order.id} has no payment to refund`);
  const money = { amount: refund.amount, currency: order.currency };
  const state = await providerNamed(ctx.payments, attempt.provider).refund(attempt.payment, money, refundId);
  await inTransaction(ctx, (ctx) => saveRefund(ctx, { refundId, state }));
}

async function saveRefund(
  ctx: PaymentContext,
  { refundId, state }: { refundId: string; state: RefundState },
): Promise<void> {
  const { em, clock } = ctx;
  const isDone = state.is === "done";
  const answer = isDone ? { state: "done", providerRefund: state.refund } : { state: "failed" };
  // Of several callers, one stores the answer.
  const isAsked = { id: refundId, state: "asked" } as const;
  if ((await em.nativeUpdate(RefundEntity, isAsked, answer as { state: "done" })) === 0) return;
  const refund = await em.findOneOrFail(RefundEntity, refundId);
  const order = await lockOrder(em, refund.order.id);
  await recordOrderEvent(ctx, { orderId: order.id, kind: isDone ? "refunded" : "refund_failed" });
  if (!isDone) return;
  order.refunded += refund.amount;
  await em.flush();
  await addToQuarter(em, order, { at: clock.now(), orders: 0, gross: 0, refunded: refund.amount });
  if (refund.endsAccess) await changeAccess(ctx, { orderId: order.id, hasAccess: false });
  const amount = moneyText({ amount: refund.amount, currency: order.currency });
  await enqueueMail(ctx, {
    kind: "refund",
    to: order.email,
    subject: `Your refund of ${amount}`,
    heading: `You’ll get ${amount} back`,
    paragraphs: [
      `${order.sellerName} refunded ${amount} for order ${order.ref}.`,
      refund.endsAccess ? "Your access to what you bought has ended." : "You keep your access to what you bought.",
    ],
  });
}
