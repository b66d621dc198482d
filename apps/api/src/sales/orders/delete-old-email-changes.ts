import type { EntityManager } from "../../platform/db/database.ts";
import { OrderEmailChangeEntity } from "./order-email-change.entity.ts";

/**
 * Deletes changes of orders' emails from before a moment, at which they can't be undone any more, and the keys that they
 * have ended. Used keys that were mailed stay: they tell who reads mail there (`changeOrderEmail`).
 */
export async function deleteOldEmailChanges(em: EntityManager, before: Date): Promise<void> {
  await em.transactional(async (em) => {
    const sql = `delete from order_keys where ended_at is not null and (used_at is null or mailed_to is null)
      and order_id in (select order_id from order_email_changes where created_at < ?)`;
    await em.execute(sql, [before]);
    await em.nativeDelete(OrderEmailChangeEntity, { createdAt: { $lt: before } });
  });
}
