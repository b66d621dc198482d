import { backgroundContext } from "../../platform/http/background-context.ts";
import { forEachAtOnce } from "../../platform/jobs/for-each-at-once.ts";
import type { PaymentJob } from "../orders/check-due-orders.ts";
import { RefundEntity } from "../orders/refund.entity.ts";
import { finishRefund } from "./finish-refund.ts";
import type { RefundMailLimits } from "./mail-refund.ts";

/** Time after a try from which on a refund is tried again: its request has ended by then. */
const TRY_AGAIN_MS = 2 * 60_000;
/** The same for one that the provider has taken on, while the buyer's bank takes days. */
const ASK_AGAIN_MS = 6 * 60 * 60_000;
/** Refunds of one run, and those of them that are asked about at once. */
const IN_A_RUN = 50;
const AT_ONCE = 4;

/**
 * Goes on with refunds that a process which died, or a provider that could not be reached, has left behind: those first
 * that were not tried for longest, so that the ones which keep failing hold up no others. The time of the try is stored
 * first, so that two processes do not ask for the same refund.
 */
export async function finishRefunds(parts: PaymentJob & RefundMailLimits, isStopping: () => boolean): Promise<void> {
  const { database, clock, logger } = parts;
  const now = clock.now();
  const triedBefore = (age: number) => ({ triedAt: { $lt: new Date(now - age) } });
  const isDue = { $or: [{ providerRefund: null, ...triedBefore(TRY_AGAIN_MS) }, triedBefore(ASK_AGAIN_MS)] };
  const isLeft = { state: "asked" as const, ...isDue };
  const left = await database.fork().find(RefundEntity, isLeft, { orderBy: { triedAt: "asc" }, limit: IN_A_RUN });
  await forEachAtOnce(left, AT_ONCE, async ({ id, triedAt }) => {
    if (isStopping()) return;
    const claim = { triedAt: new Date(now) };
    if ((await database.fork().nativeUpdate(RefundEntity, { id, triedAt }, claim)) === 0) return;
    await finishRefund(backgroundContext(parts), id).catch((error: Error) =>
      logger.warn({ refundId: id, error: error.message }, "could not finish a refund yet"),
    );
  });
}
