import type { RefundInput } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import type { Limits } from "../../config/limits.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import { inTransaction } from "../../platform/http/context.ts";
import { Refusal, tooManyTries } from "../../platform/http/problem.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import { lockOrder } from "../orders/lock-order.ts";
import type { OrderRow } from "../orders/order.entity.ts";
import { PaymentAttemptEntity, type PaymentAttemptRow } from "../orders/payment-attempt.entity.ts";
import { recordOrderEvent } from "../orders/record-order-event.ts";
import { RefundEntity } from "../orders/refund.entity.ts";
import { providerNamed } from "../payments/payment-provider.ts";
import { finishRefund, type RefundContext } from "./finish-refund.ts";
import type { SaleRow } from "./queries.ts";

type RefundProblem = "refund_too_high" | "attempt_reused" | Refusal;
type AskContext = RefundContext & { limits: Pick<Limits, "refundsOfOrder"> };

/**
 * Refunds a payment of an order in part or in full: the one that it was delivered for, or an extra one that delivered
 * nothing. The refund is stored first, so that of any number at once no more is refunded than was paid; then the provider is asked, with the refund's id as its key; then its answer is stored. If the process
 * dies in between, the worker goes on (`finishRefund`). The same attempt again is the same refund. Throws
 * `ProviderUnavailable`: the refund stays asked for, or is not stored if the provider is not configured any more.
 */
export async function refundOrder(
  ctx: AskContext,
  { sale, input }: { sale: Owned<SaleRow>; input: RefundInput },
): Promise<"asked" | RefundProblem> {
  const asked = await inTransaction(ctx, (ctx) => askForRefund(ctx, { sale, input }));
  if (typeof asked === "string" || asked instanceof Refusal) return asked;
  await finishRefund(ctx, asked.id);
  return "asked";
}

async function askForRefund(
  ctx: AskContext,
  { sale, input }: { sale: Owned<SaleRow>; input: RefundInput },
): Promise<{ id: string } | RefundProblem> {
  const { em, clock } = ctx;
  const order = await lockOrder(em, sale.id);
  const known = await em.findOne(RefundEntity, { order: order.id, requestKey: input.attempt });
  const attempt = await findPaid(em, { orderId: order.id, extraPayment: input.extraPayment ?? null });
  if (known) return known.amount === input.amount && known.attempt.id === attempt?.id ? known : "attempt_reused";
  if (attempt === null || input.amount > (await leftOf(em, attempt))) return "refund_too_high";
  const refusal = await refuseManyRefunds(ctx, order);
  if (refusal) return refusal;
  providerNamed(ctx.payments, attempt.provider);
  const id = uuid();
  const now = new Date(clock.now());
  await em.insert(RefundEntity, {
    ...{ id, order, attempt, requestKey: input.attempt, providerRefund: null, amount: input.amount, state: "asked" },
    // Money that delivered nothing gives no access.
    endsAccess: input.endsAccess && input.extraPayment === undefined,
    ...{ reason: input.reason, createdAt: now, triedAt: now, countedAt: null, accessEndedAt: null },
  });
  await recordOrderEvent(ctx, { orderId: order.id, kind: "refund_asked" });
  return { id };
}

/** Counts the refunds that are stored, so that the same attempt again does not count. Null: there may be another one. */
async function refuseManyRefunds({ em, clock, limits }: AskContext, order: OrderRow): Promise<Refusal | null> {
  const { max, windowMs } = limits.refundsOfOrder;
  const isRecent = { order: order.id, isFromProvider: false, createdAt: { $gt: new Date(clock.now() - windowMs) } };
  const recent = await em.find(RefundEntity, isRecent, { orderBy: { createdAt: "desc" }, limit: max });
  const oldest = recent.at(-1);
  if (!oldest || recent.length < max) return null;
  return tooManyTries(oldest.createdAt.getTime() + windowMs - clock.now());
}

/** The payment that an order was delivered for, or an extra one. Null: there is no such payment. */
function findPaid(
  em: EntityManager,
  { orderId, extraPayment }: { orderId: string; extraPayment: string | null },
): Promise<PaymentAttemptRow | null> {
  const which = extraPayment === null ? { trouble: null } : { id: extraPayment, trouble: { $ne: null } };
  return em.findOne(PaymentAttemptEntity, { order: orderId, state: "paid", ...which });
}

/** What of a payment is neither refunded nor about to be. */
async function leftOf(em: EntityManager, { id, paidAmount }: PaymentAttemptRow): Promise<number> {
  const refunds = await em.find(RefundEntity, { attempt: id, state: { $in: ["asked", "done"] } });
  return refunds.reduce((left, { amount }) => left - amount, paidAmount ?? 0);
}
