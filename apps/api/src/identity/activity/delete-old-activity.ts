import type { EntityManager } from "../../platform/db/database.ts";
import { ActivityEntity } from "./activity.entity.ts";

/** Deletes events recorded before a moment. */
export async function deleteOldActivity(em: EntityManager, before: Date): Promise<void> {
  await em.nativeDelete(ActivityEntity, { at: { $lt: before } });
}
