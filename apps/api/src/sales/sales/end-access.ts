import type { Context } from "../../platform/http/context.ts";
import { DisputeEntity } from "../orders/dispute.entity.ts";
import { RefundEntity } from "../orders/refund.entity.ts";
import { changeAccess } from "./change-access.ts";

type AccessContext = Pick<Context, "em" | "clock">;

/**
 * Ends a buyer's access because of a refund or a dispute, in the transaction of `ctx.em`. Returns the time at which it
 * ended, for this reason or for another one that holds. Null: it had ended for none, as the seller had ended it.
 */
export async function endAccess(ctx: AccessContext, orderId: string): Promise<Date | null> {
  const endedAt = await changeAccess(ctx, { orderId, hasAccess: false });
  if (endedAt) return endedAt;
  return (await reasonsOf(ctx, orderId)).find(({ accessEndedAt }) => accessEndedAt)?.accessEndedAt ?? null;
}

/**
 * Gives back access that had ended at a time, once the refund or dispute that has ended it is stored as failed or won.
 * What another one has ended as well stays ended, and so does what the seller has ended since.
 */
export async function giveBackAccess(
  ctx: AccessContext,
  { orderId, endedAt }: { orderId: string; endedAt: Date },
): Promise<void> {
  if ((await reasonsOf(ctx, orderId)).length === 0) await changeAccess(ctx, { orderId, hasAccess: true, endedAt });
}

/** Refunds and disputes because of which an order has no access. */
async function reasonsOf(
  { em }: AccessContext,
  orderId: string,
): Promise<{ accessEndedAt?: Date | null | undefined }[]> {
  const refunds = await em.find(RefundEntity, { order: orderId, endsAccess: true, state: "done" }, { refresh: true });
  const isHeld = { order: orderId, accessEndedAt: { $ne: null }, state: { $ne: "won" as const } };
  return [...refunds, ...(await em.find(DisputeEntity, isHeld, { refresh: true }))];
}
