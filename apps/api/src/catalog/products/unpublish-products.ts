import type { EntityManager } from "../../platform/db/database.ts";

/**
 * Unpublishes all published products of a user until `republishProducts`. It raises their version like any other
 * change, so a stale editor gets a conflict.
 */
export async function unpublishProducts(em: EntityManager, ownerId: string, now: Date): Promise<void> {
  await em.execute(
    `update products set status = 'archived', withdrawn_at = ?, version = version + 1
     where status = 'published' and store_id in (select id from stores where owner_id = ?)`,
    [now, ownerId],
  );
}

/**
 * Publishes exactly the products that were unpublished, except those with a status that their owner has changed since.
 */
export async function republishProducts(em: EntityManager, ownerId: string): Promise<void> {
  await em.execute(
    `update products set status = 'published', withdrawn_at = null, version = version + 1
     where withdrawn_at is not null and store_id in (select id from stores where owner_id = ?)`,
    [ownerId],
  );
}
