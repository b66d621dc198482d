import type { EntityManager } from "../../platform/db/database.ts";

/**
 * Unpublishes all published products of a user, until `republishProducts` publishes them again. Raises their versions,
 * so that a change based on the version before gets a conflict.
 */
export async function unpublishProducts(em: EntityManager, ownerId: string, now: Date): Promise<void> {
  await em.execute(
    `update products set status = 'archived', withdrawn_at = ?, version = version + 1
     where status = 'published' and store_id in (select id from stores where owner_id = ?)`,
    [now, ownerId],
  );
}

/**
 * Publishes again what `unpublishProducts` unpublished: the products that still have `withdrawn_at`. `change-product.ts`
 * clears it when the owner sets a status, so such a product keeps the owner's status.
 */
export async function republishProducts(em: EntityManager, ownerId: string): Promise<void> {
  await em.execute(
    `update products set status = 'published', withdrawn_at = null, version = version + 1
     where withdrawn_at is not null and store_id in (select id from stores where owner_id = ?)`,
    [ownerId],
  );
}
