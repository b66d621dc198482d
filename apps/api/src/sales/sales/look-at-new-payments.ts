import { backgroundContext } from "../../platform/http/background-context.ts";
import { forEachAtOnce } from "../../platform/jobs/for-each-at-once.ts";
import type { PaymentJob } from "../orders/check-due-orders.ts";
import { PaymentAttemptEntity } from "../orders/payment-attempt.entity.ts";
import { PaymentRefused, providerNamed } from "../payments/payment-provider.ts";
import { applyPaymentHistory } from "./apply-payment-history.ts";
import type { RefundMailLimits } from "./mail-refund.ts";

/** Time after which a look that has failed is taken again. */
const LOOK_AGAIN_MS = 10 * 60_000;
const IN_A_RUN = 50;
const AT_ONCE = 4;

/**
 * Looks at the refunds and disputes of payments that were just stored: the shop may have been told of one before it knew
 * the payment. The time of the next look is stored first, so that two processes do not look at the same payment.
 */
export async function lookAtNewPayments(
  parts: PaymentJob & RefundMailLimits,
  isStopping: () => boolean,
): Promise<void> {
  const { database, clock, logger } = parts;
  const now = clock.now();
  const isDue = { historyDueAt: { $lte: new Date(now) } };
  const due = await database
    .fork()
    .find(PaymentAttemptEntity, isDue, { orderBy: { historyDueAt: "asc" }, limit: IN_A_RUN });
  await forEachAtOnce(due, AT_ONCE, async ({ id, historyDueAt, order, provider, payment }) => {
    if (isStopping()) return;
    const claim = { historyDueAt: new Date(now + LOOK_AGAIN_MS) };
    if ((await database.fork().nativeUpdate(PaymentAttemptEntity, { id, historyDueAt }, claim)) === 0) return;
    try {
      const stored = { orderId: order.id, attemptId: id, payment: payment ?? "" };
      if (payment) await applyPaymentHistory(backgroundContext(parts), providerNamed(parts.payments, provider), stored);
    } catch (error) {
      logger.warn({ payment, error: (error as Error).message }, "could not look at a new payment");
      // To a payment of another account no later look will lead.
      if (!(error instanceof PaymentRefused)) return;
    }
    await database.fork().nativeUpdate(PaymentAttemptEntity, { id, ...claim }, { historyDueAt: null });
  });
}
