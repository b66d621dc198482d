import type { EntityManager } from "../../platform/db/database.ts";

/**
 * Takes all that a user has published off the shelf, to be put back by `republishProducts`. For their editors it is a
 * change like any other: who has one open is told.
 */
export async function unpublishProducts(em: EntityManager, ownerId: string, now: Date): Promise<void> {
  await em.execute(
    `update products set status = 'archived', withdrawn_at = ?, version = version + 1
     where status = 'published' and store_id in (select id from stores where owner_id = ?)`,
    [now, ownerId],
  );
}

/** Puts exactly those back that were withdrawn, but for those whose status their owner has changed since. */
export async function republishProducts(em: EntityManager, ownerId: string): Promise<void> {
  await em.execute(
    `update products set status = 'published', withdrawn_at = null, version = version + 1
     where withdrawn_at is not null and store_id in (select id from stores where owner_id = ?)`,
    [ownerId],
  );
}
