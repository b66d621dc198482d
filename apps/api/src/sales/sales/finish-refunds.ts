import { backgroundContext } from "../../platform/http/background-context.ts";
import type { PaymentJob } from "../orders/check-due-orders.ts";
import { RefundEntity } from "../orders/refund.entity.ts";
import { finishRefund } from "./finish-refund.ts";

/** Time after which a refund counts as left behind: its request has ended by then. */
const LEFT_BEHIND_MS = 2 * 60_000;

/** Goes on with refunds that a process which died, or a provider that could not be reached, has left behind. */
export async function finishRefunds(parts: PaymentJob, isStopping: () => boolean): Promise<void> {
  const { database, clock, logger } = parts;
  const before = new Date(clock.now() - LEFT_BEHIND_MS);
  const left = await database.fork().find(RefundEntity, { state: "asked", createdAt: { $lt: before } }, { limit: 50 });
  for (const { id } of left) {
    if (isStopping()) return;
    await finishRefund(backgroundContext(parts), id).catch((error: Error) =>
      logger.warn({ refundId: id, error: error.message }, "could not finish a refund yet"),
    );
  }
}
