import type { AwaitingPayment } from "../../catalog/products/delete-product.ts";
import { OPEN_PATIENCE } from "./check-attempt.ts";
import { OrderItemEntity } from "./order-item.entity.ts";

/**
 * True if a product has an order whose money may still arrive: not only until its time to pay is over, but as long as the
 * provider is asked about it. A payment that is under way has no end.
 */
export const isAwaitingPayment: AwaitingPayment = async (em, { productId, now }) => {
  const payUntil = { $gt: new Date(now.getTime() - OPEN_PATIENCE) };
  const isOpen = { state: { $ne: "paid" as const }, $or: [{ state: "pending" as const }, { payUntil }] };
  return (await em.count(OrderItemEntity, { product: productId, order: isOpen })) > 0;
};
