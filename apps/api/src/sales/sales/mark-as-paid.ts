import { LockMode } from "@mikro-orm/core";
import { ProductEntity } from "../../catalog/products/product.entity.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import { inTransaction } from "../../platform/http/context.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import { type FulfilContext, fulfilOrder } from "../orders/fulfil-order.ts";
import { lockOrder } from "../orders/lock-order.ts";
import { OrderItemEntity } from "../orders/order-item.entity.ts";
import { PaymentAttemptEntity, type PaymentAttemptRow } from "../orders/payment-attempt.entity.ts";
import { MANUAL } from "../payments/create-manual-provider.ts";
import type { SaleRow } from "./queries.ts";

/**
 * Delivers an order that was paid outside of the shop, or on another account of its provider, as its seller says, also if
 * the money comes after the time to pay. False: the order is paid through a provider, which alone can say so, or its
 * products are gone, and its buyer would get nothing for the money. Does nothing for an order that is paid already.
 */
export async function markAsPaid(ctx: FulfilContext, sale: Owned<SaleRow>): Promise<boolean> {
  const attempt = await ctx.em.fork().findOne(PaymentAttemptEntity, { order: sale.id }, { orderBy: { n: "desc" } });
  if (!attempt || !isKnownToSellerAlone(attempt)) return false;
  if (sale.state === "paid") return true;
  const paid = { amount: sale.total, currency: sale.currency };
  const { id, session } = attempt;
  const input = { orderId: sale.id, attempt: { id, paid, payment: session ?? sale.id }, isByHand: true };
  return inTransaction(ctx, async (ctx) => {
    await lockOrder(ctx.em, sale.id);
    if ((await lockProducts(ctx.em, sale.id)) === 0) return false;
    await fulfilOrder(ctx, input);
    return true;
  });
}

/** True if no provider can tell of a payment. */
export function isKnownToSellerAlone({ provider, notFoundAt }: Pick<PaymentAttemptRow, "provider" | "notFoundAt">) {
  return provider === MANUAL || (notFoundAt ?? null) !== null;
}

/** Locks the products of an order, so that none is deleted until the transaction of `em` ends, and returns their number. */
async function lockProducts(em: EntityManager, orderId: string): Promise<number> {
  const items = await em.find(OrderItemEntity, { order: orderId, product: { $ne: null } });
  const ids = items.flatMap(({ product }) => product?.id ?? []);
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: "asc" } } as const;
  return (await em.find(ProductEntity, { id: { $in: ids } }, lock)).length;
}
