import { maySell } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import { UserEntity, type UserRow } from "../../identity/users/user.entity.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import { slugCandidates } from "../../platform/lib/slug.ts";
import { lockShopKind } from "../../shop/shop-kind.ts";
import { StoreEntity, type StoreRow } from "./store.entity.ts";
import { StoreHandleEntity } from "./store-handle.entity.ts";

interface StoreToOpen {
  /** Locked by the caller, so that of two first products one opens the store. */
  owner: UserRow;
  name: string;
  now: Date;
}

/**
 * Opens the store of a seller, in the transaction of `em`, under the first free handle derived from its name. Counts as
 * a change of the owner, since sessions show the store. Null: the owner may not sell here (any more). Throws
 * UniqueConstraintViolationException if another request takes the handle between the search for a free one and the
 * insert.
 */
export async function openStore(em: EntityManager, { owner, name, now }: StoreToOpen): Promise<StoreRow | null> {
  const kind = await lockShopKind(em);
  if (!maySell(kind, { isOperator: owner.operatorSince !== null })) return null;
  await em.execute("update users set updated_at = ?, version = version + 1 where id = ?", [now, owner.id]);
  for (const handle of slugCandidates(name, "store")) {
    // A former handle of another store is not free.
    if ((await em.count(StoreHandleEntity, { handle })) > 0) continue;
    const store = em.create(StoreEntity, {
      id: uuid(),
      owner: em.getReference(UserEntity, owner.id),
      handle,
      name,
      createdAt: now,
      // Undoing the deletion opens it.
      closedAt: owner.deletionAt === null ? null : now,
    });
    em.persist(em.create(StoreHandleEntity, { handle, store, createdAt: now }));
    await em.persist(store).flush();
    return store;
  }
  throw new Error("No handle is free for this name");
}
