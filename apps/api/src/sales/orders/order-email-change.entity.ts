import { defineEntity, p } from "@mikro-orm/core";
import { OrderEntity } from "./order.entity.ts";

/** A correction of an order's email, with what it takes to undo it. */
export const OrderEmailChangeEntity = defineEntity({
  name: "OrderEmailChange",
  tableName: "order_email_changes",
  properties: {
    id: p.string().length(36).primary(),
    order: () => p.manyToOne(OrderEntity).deleteRule("cascade").index(),
    formerEmail: p.string().length(254),
    /** Hash of the token that undoes the change. Null: nobody has ever read mail there, so no link was mailed. */
    undoHash: p.string().length(43).nullable().unique(),
    createdAt: p.datetime(),
    undoneAt: p.datetime().nullable(),
  },
});
