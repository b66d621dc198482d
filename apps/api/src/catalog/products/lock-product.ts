import type { EntityManager } from "../../platform/db/database.ts";

/**
 * Locks a product until the transaction of `em` ends, so that what is added to it at once is counted, and gets its
 * position, one after the other.
 */
export async function lockProduct(em: EntityManager, id: string): Promise<void> {
  await em.execute("update products set status = status where id = ?", [id]);
}
