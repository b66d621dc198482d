import type { EntityManager } from "../../platform/db/database.ts";
import { DemoPaymentEntity } from "./demo-payment.entity.ts";
import { PaymentEventEntity } from "./payment-event.entity.ts";

/** Deletes webhooks that were received before a moment, and payments of the local demo that could be paid until then. */
export async function deleteOldPayments(em: EntityManager, before: Date): Promise<void> {
  await em.nativeDelete(PaymentEventEntity, { receivedAt: { $lt: before } });
  await em.nativeDelete(DemoPaymentEntity, { endsAt: { $lt: before } });
}
