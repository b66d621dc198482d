import { defineEntity, p } from "@mikro-orm/core";
import { OrderEntity } from "./order.entity.ts";

export type OrderEventKind =
  | "begun"
  | "payment_begun"
  | "payment_pending"
  | "payment_failed"
  | "payment_expired"
  | "paid"
  | "marked_as_paid"
  | "trouble"
  | "opened"
  | "receipt_sent"
  | "email_changed"
  | "email_change_undone"
  | "refund_asked"
  | "refunded"
  | "refund_failed"
  | "access_ended"
  | "access_given_back";

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
