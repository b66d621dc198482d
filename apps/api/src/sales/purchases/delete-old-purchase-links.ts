import type { EntityManager } from "../../platform/db/database.ts";
import { PurchaseLinkEntity } from "./purchase-link.entity.ts";

/** Deletes links to purchases that were asked for before a moment. */
export async function deleteOldPurchaseLinks(em: EntityManager, before: Date): Promise<void> {
  await em.nativeDelete(PurchaseLinkEntity, { createdAt: { $lt: before } });
}
