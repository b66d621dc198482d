import { defineEntity, p } from "@mikro-orm/core";

/**
 * A webhook that was received. A log for the operator and never a gate: whether an event was seen before decides
 * nothing.
 */
export const PaymentEventEntity = defineEntity({
  name: "PaymentEvent",
  tableName: "payment_events",
  properties: {
    provider: p.string().length(20).primary(),
    eventId: p.string().length(255).primary(),
    kind: p.string().length(80),
    orderId: p.string().length(36).nullable().index(),
    receivedAt: p.datetime().index(),
  },
});
