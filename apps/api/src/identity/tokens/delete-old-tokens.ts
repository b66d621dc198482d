import type { EntityManager } from "../../platform/db/database.ts";
import { MailedTokenEntity } from "./mailed-token.entity.ts";

/** Deletes tokens that expired before a moment. */
export async function deleteOldTokens(em: EntityManager, before: Date): Promise<void> {
  await em.nativeDelete(MailedTokenEntity, { expiresAt: { $lt: before } });
}
