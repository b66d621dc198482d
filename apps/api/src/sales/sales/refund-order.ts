import type { RefundInput } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import { inTransaction } from "../../platform/http/context.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import type { PaymentContext } from "../orders/begin-payment.ts";
import { lockOrder } from "../orders/lock-order.ts";
import { recordOrderEvent } from "../orders/record-order-event.ts";
import { RefundEntity } from "../orders/refund.entity.ts";
import { finishRefund } from "./finish-refund.ts";
import type { SaleRow } from "./queries.ts";

export type RefundOutcome = "asked" | "refund_too_high" | "attempt_reused";

/**
 * Refunds an order in part or in full. The refund is stored first, so that of any number at once no more is refunded
 * than was paid; then the provider is asked, with the refund's id as its key; then its answer is stored. If the process
 * dies in between, the worker goes on (`finishRefund`). The same attempt again is the same refund. Throws
 * `ProviderUnavailable`: the refund stays asked for.
 */
export async function refundOrder(
  ctx: PaymentContext,
  { sale, input }: { sale: Owned<SaleRow>; input: RefundInput },
): Promise<RefundOutcome> {
  const asked = await inTransaction(ctx, (ctx) => askForRefund(ctx, { sale, input }));
  if (typeof asked === "string") return asked;
  await finishRefund(ctx, asked.id);
  return "asked";
}

async function askForRefund(
  ctx: PaymentContext,
  { sale, input }: { sale: Owned<SaleRow>; input: RefundInput },
): Promise<{ id: string } | "refund_too_high" | "attempt_reused"> {
  const { em, clock } = ctx;
  const order = await lockOrder(em, sale.id);
  const known = await em.findOne(RefundEntity, { order: order.id, requestKey: input.attempt });
  if (known) return known.amount === input.amount ? known : "attempt_reused";
  const waiting = await em.find(RefundEntity, { order: order.id, state: "asked" });
  const taken = waiting.reduce((sum, { amount }) => sum + amount, order.refunded);
  if (order.state !== "paid" || taken + input.amount > order.total) return "refund_too_high";
  const id = uuid();
  await em.insert(RefundEntity, {
    ...{ id, order, requestKey: input.attempt, providerRefund: null, amount: input.amount, state: "asked" },
    ...{ endsAccess: input.endsAccess, reason: input.reason, createdAt: new Date(clock.now()) },
  });
  await recordOrderEvent(ctx, { orderId: order.id, kind: "refund_asked" });
  return { id };
}
