import type { EntityManager } from "../../platform/db/database.ts";

/** Which products: all of an owner, or one of them. */
interface Which {
  ownerId: string;
  productId?: string;
}

/**
 * Unpublishes published products, until `republishProducts` publishes them again. Raises their versions, so that a
 * change based on the version before gets a conflict. The caller has locked the owner's row, and stores why: the store
 * is closed or taken down, or the product is.
 */
export async function unpublishProducts(em: EntityManager, { ownerId, productId }: Which, now: Date): Promise<void> {
  await em.execute(
    `update products set status = 'archived', withdrawn_at = ?, version = version + 1
     where status = 'published' and store_id in (select id from stores where owner_id = ?)
       ${productId === undefined ? "" : "and id = ?"}`,
    [now, ownerId, ...(productId === undefined ? [] : [productId])],
  );
}

/**
 * Publishes again what `unpublishProducts` unpublished: the products of an owner that still have `withdrawn_at`, unless
 * another reason for it still holds. `change-product.ts` clears the time when the owner sets a status, so such a product
 * keeps the owner's status. The caller has locked the owner's row.
 */
export async function republishProducts(em: EntityManager, ownerId: string): Promise<void> {
  await em.execute(
    `update products set status = 'published', withdrawn_at = null, version = version + 1
     where withdrawn_at is not null and taken_down_at is null and store_id in
       (select id from stores where owner_id = ? and closed_at is null and taken_down_at is null)`,
    [ownerId],
  );
}

/** Unpublishes the products of a store whose owner's account is closed, or who may not sell here any more. */
export async function closeStore(em: EntityManager, ownerId: string, now: Date): Promise<void> {
  await em.execute("update stores set closed_at = ? where owner_id = ?", [now, ownerId]);
  await unpublishProducts(em, { ownerId }, now);
}

/** Undoes `closeStore`. Products that the operator has taken down, or whose store is taken down, stay unpublished. */
export async function reopenStore(em: EntityManager, ownerId: string): Promise<void> {
  await em.execute("update stores set closed_at = null where owner_id = ?", [ownerId]);
  await republishProducts(em, ownerId);
}
