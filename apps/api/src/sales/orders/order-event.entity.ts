import { defineEntity, p } from "@mikro-orm/core";
import type { OrderEventKind } from "@yumroad/contract";
import { OrderEntity } from "./order.entity.ts";

/** Something that happened to an order, for the seller's history of a sale. */
export const OrderEventEntity = defineEntity({
  name: "OrderEvent",
  tableName: "order_events",
  indexes: [{ properties: ["order", "id"] }],
  properties: {
    /** UUID version 7: events sorted by id are sorted by time. */
    id: p.string().length(36).primary(),
    order: () => p.manyToOne(OrderEntity).deleteRule("cascade"),
    kind: p.string().length(30).$type<OrderEventKind>(),
    at: p.datetime(),
  },
});
