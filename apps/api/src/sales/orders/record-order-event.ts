import type { OrderEventKind } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import type { Context } from "../../platform/http/context.ts";
import { OrderEntity } from "./order.entity.ts";
import { OrderEventEntity } from "./order-event.entity.ts";

/** Adds an event to an order's history, in the transaction of `em`. */
export async function recordOrderEvent(
  { em, clock }: Pick<Context, "em" | "clock">,
  { orderId, kind }: { orderId: string; kind: OrderEventKind },
): Promise<void> {
  const order = em.getReference(OrderEntity, orderId);
  await em.insert(OrderEventEntity, { id: uuid(), order, kind, at: new Date(clock.now()) });
}
