import { LockMode } from "@mikro-orm/core";
import type { EntityManager } from "../../platform/db/database.ts";
import { OrderEntity, type OrderRow } from "./order.entity.ts";

/** Reads an order's present row and locks it until the transaction of `em` ends. */
export function lockOrder(em: EntityManager, id: string): Promise<OrderRow> {
  return em.findOneOrFail(OrderEntity, id, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}
