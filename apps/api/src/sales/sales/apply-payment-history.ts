import { v7 as uuid } from "uuid";
import { StoreEntity } from "../../catalog/stores/store.entity.ts";
import { inTransaction } from "../../platform/http/context.ts";
import { DisputeEntity } from "../orders/dispute.entity.ts";
import { lockOrder } from "../orders/lock-order.ts";
import type { OrderRow } from "../orders/order.entity.ts";
import { PaymentAttemptEntity } from "../orders/payment-attempt.entity.ts";
import { recordOrderEvent } from "../orders/record-order-event.ts";
import { RefundEntity } from "../orders/refund.entity.ts";
import type {
  DisputeAtProvider,
  PaymentHistory,
  PaymentProvider,
  RefundAtProvider,
  RefundState,
} from "../payments/payment-provider.ts";
import { endAccess, giveBackAccess } from "./end-access.ts";
import type { RefundContext } from "./finish-refund.ts";
import { mailDispute } from "./mail-dispute.ts";
import { takeRefundMail } from "./mail-refund.ts";
import { saveRefund } from "./save-refund.ts";

/** A payment that is stored, and its name at the provider. */
interface StoredPayment {
  orderId: string;
  attemptId: string;
  payment: string;
}

interface ApplyInput extends StoredPayment {
  history: PaymentHistory;
  /** Ids of refunds that had failed before the provider was asked. */
  hadFailed: ReadonlySet<string>;
}

/** Looks that one call takes at most: others may change refunds while the provider is asked. */
const MOST_LOOKS = 3;

/**
 * Asks the provider for the refunds and disputes of a payment, and brings the order to them: those that were made on the
 * provider's own pages are added, and those that have changed there change here. Like the state of a payment, it is the
 * whole present state, so it can come late, twice or out of order. Does nothing for a provider that has none. Throws
 * `ProviderUnavailable`, and `PaymentRefused` for a payment that the provider does not know.
 */
export async function applyPaymentHistory(
  ctx: RefundContext,
  provider: PaymentProvider,
  stored: StoredPayment,
): Promise<void> {
  if (provider.lookAtPayment === null) return;
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    const hadFailed = await failedRefundsOf(ctx, stored);
    const history = await provider.lookAtPayment(stored.payment);
    if (await applyHistory(ctx, { ...stored, history, hadFailed })) return;
  }
}

async function failedRefundsOf({ em }: RefundContext, { attemptId }: StoredPayment): Promise<Set<string>> {
  const failed = await em.fork().find(RefundEntity, { attempt: attemptId, state: "failed" }, { fields: ["id"] });
  return new Set(failed.map(({ id }) => id));
}

/** False: a refund has changed here since the provider was asked, so only another look tells what is true. */
async function applyHistory(ctx: RefundContext, input: ApplyInput): Promise<boolean> {
  const { orderId, history } = input;
  const isMailed = (await hasNewRefund(ctx, input)) && (await takeRefundMail(ctx, await emailOf(ctx, orderId)));
  // Each in a transaction of its own, so that one that fails keeps none of the others away.
  const withOrder = <Result>(work: (ctx: RefundContext, order: OrderRow) => Promise<Result>) =>
    inTransaction(ctx, async (ctx) => work(ctx, await lockOrder(ctx.em, orderId)));
  let isSure = true;
  // Failed ones first: their money may have been given back by another refund.
  const refunds = history.refunds.toSorted((one, other) => Number(other.is === "failed") - Number(one.is === "failed"));
  for (const refund of refunds)
    if ((await withOrder((ctx, order) => applyRefund(ctx, { ...input, order, refund, isMailed }))) === "unsure")
      isSure = false;
  for (const dispute of history.disputes)
    await withOrder((ctx, order) => applyDispute(ctx, { ...input, order, dispute }));
  return isSure;
}

async function emailOf({ em }: RefundContext, orderId: string): Promise<string> {
  const [row] = await em.execute<{ email: string }[]>("select email from orders where id = ?", [orderId]);
  return row?.email ?? "";
}

/** True if the provider has given money back that is not counted yet. */
async function hasNewRefund({ em }: RefundContext, { attemptId, history }: ApplyInput): Promise<boolean> {
  const done = history.refunds.filter(({ is }) => is === "done").map(({ refund }) => refund);
  if (done.length === 0) return false;
  const counted = { attempt: attemptId, providerRefund: { $in: done }, state: "done" as const };
  return (await em.fork().count(RefundEntity, counted)) < done.length;
}

async function applyRefund(
  ctx: RefundContext,
  {
    order,
    attemptId,
    refund,
    isMailed,
    hadFailed,
  }: Pick<ApplyInput, "attemptId" | "hadFailed"> & { order: OrderRow; refund: RefundAtProvider; isMailed: boolean },
): Promise<"saved" | "unsure"> {
  const { em } = ctx;
  const known =
    (await em.findOne(RefundEntity, { providerRefund: refund.refund })) ??
    (refund.key ? await em.findOne(RefundEntity, { id: refund.key, order: order.id }) : null);
  const refundId = known?.id ?? (await insertRefund(ctx, { order, attemptId, refund }));
  const state = stateOf(refund);
  return saveRefund(ctx, { refundId, orderId: order.id, state, isMailed, hadFailed: hadFailed.has(refundId) });
}

/** A refund of the provider's own pages ends no access: the seller decides that apart from the money. */
async function insertRefund(
  { em, clock }: RefundContext,
  { order, attemptId, refund }: { order: OrderRow; attemptId: string; refund: RefundAtProvider },
): Promise<string> {
  const id = uuid();
  await em.insert(RefundEntity, {
    ...{ id, order, attempt: attemptId, requestKey: uuid(), providerRefund: refund.refund, amount: refund.amount },
    ...{ state: "asked", endsAccess: false, isFromProvider: true, reason: "" },
    ...{ createdAt: refund.at, triedAt: new Date(clock.now()), countedAt: null, accessEndedAt: null },
  });
  return id;
}

function stateOf({ is, refund }: RefundAtProvider): RefundState {
  return is === "failed" ? { is, reason: "" } : { is, refund };
}

async function applyDispute(
  ctx: RefundContext,
  { order, attemptId, dispute }: { order: OrderRow; attemptId: string; dispute: DisputeAtProvider },
): Promise<void> {
  const { em } = ctx;
  const { is, amount, answerBy } = dispute;
  const known = await em.findOne(DisputeEntity, { providerDispute: dispute.dispute });
  // An answer that was on its way while the dispute ended is older than what is stored.
  if (known && isOver(known.state) && !isOver(is) && !dispute.isReopened) return;
  const before = known?.state ?? null;
  const present = { state: is, ...amount, reason: dispute.reason.slice(0, 80), answerBy };
  const id = known?.id ?? uuid();
  if (known) await em.nativeUpdate(DisputeEntity, id, present);
  else
    await em.insert(DisputeEntity, {
      ...{ id, order, attempt: attemptId, providerDispute: dispute.dispute, createdAt: dispute.at },
      ...{ ...present, accessEndedAt: null },
    });
  if (isNews(before, is)) {
    const kind = is === "won" || is === "lost" ? (`dispute_${is}` as const) : "dispute_opened";
    await recordOrderEvent(ctx, { orderId: order.id, kind });
  }
  const endedAt = known?.accessEndedAt ?? null;
  const access = await changeAccessBy(ctx, { order, attemptId, before, is, endedAt });
  if (access !== endedAt) await em.nativeUpdate(DisputeEntity, id, { accessEndedAt: access });
  if (isNews(before, is)) await mailDispute(ctx, order, { ...dispute, hasEndedAccess: access !== null });
}

interface DisputeChange {
  order: OrderRow;
  attemptId: string;
  before: DisputeAtProvider["is"] | null;
  is: DisputeAtProvider["is"];
  /** Time at which the dispute has ended the access; null: it has not. */
  endedAt: Date | null;
}

/**
 * Ends the access when a dispute opens, if the store is set so, and gives it back when it is won. Returns the time at
 * which the dispute has ended it; null: it has not. An inquiry of the bank is no dispute yet.
 */
async function changeAccessBy(
  ctx: RefundContext,
  { order, attemptId, before, is, endedAt }: DisputeChange,
): Promise<Date | null> {
  if (is === "won") {
    if (endedAt) await giveBackAccess(ctx, { orderId: order.id, endedAt });
    return null;
  }
  if (isAgainst(before) || !isAgainst(is)) return endedAt;
  const { endsAccessOnDispute } = await ctx.em.findOneOrFail(StoreEntity, order.store.id);
  const { trouble = null } = await ctx.em.findOneOrFail(PaymentAttemptEntity, attemptId);
  // A payment that delivered nothing gives no access.
  return endsAccessOnDispute && trouble === null ? endAccess(ctx, order.id) : endedAt;
}

/** True if the bank has taken the money back, for now or for good. */
function isAgainst(state: DisputeAtProvider["is"] | null): boolean {
  return state === "needs_response" || state === "under_review" || state === "lost";
}

function isOver(state: DisputeAtProvider["is"]): boolean {
  return state === "won" || state === "lost";
}

/** True if the seller has to know: the dispute is new, it has to be answered, or it is over. */
function isNews(before: DisputeAtProvider["is"] | null, now: DisputeAtProvider["is"]): boolean {
  return before === null || (before !== now && (isOver(now) || now === "needs_response"));
}
