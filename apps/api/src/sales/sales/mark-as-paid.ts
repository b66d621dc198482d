import { inTransaction } from "../../platform/http/context.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import { type FulfilContext, fulfilOrder } from "../orders/fulfil-order.ts";
import { PaymentAttemptEntity } from "../orders/payment-attempt.entity.ts";
import { MANUAL } from "../payments/create-manual-provider.ts";
import type { SaleRow } from "./queries.ts";

/**
 * Delivers an order that was paid outside of the shop, as its seller says. False: the order is paid through a provider,
 * which alone can say so. Does nothing for an order that is paid already.
 */
export async function markAsPaid(ctx: FulfilContext, sale: Owned<SaleRow>): Promise<boolean> {
  const attempt = await ctx.em.fork().findOne(PaymentAttemptEntity, { order: sale.id }, { orderBy: { n: "desc" } });
  if (attempt?.provider !== MANUAL) return false;
  if (sale.state === "paid") return true;
  const paid = { amount: sale.total, currency: sale.currency };
  const { id, session } = attempt;
  const input = { orderId: sale.id, attempt: { id, paid, payment: session ?? sale.id }, isByHand: true };
  await inTransaction(ctx, (ctx) => fulfilOrder(ctx, input));
  return true;
}
