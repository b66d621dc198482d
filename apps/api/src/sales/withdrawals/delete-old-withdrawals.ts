import type { EntityManager } from "../../platform/db/database.ts";
import { WithdrawalEntity } from "./withdrawal.entity.ts";

/** Deletes statements from before a moment that belong to no order. Others stay as long as their orders. */
export async function deleteOldWithdrawals(em: EntityManager, before: Date): Promise<void> {
  await em.nativeDelete(WithdrawalEntity, { order: null, receivedAt: { $lt: before } });
}
