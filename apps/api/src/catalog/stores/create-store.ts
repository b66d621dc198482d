import { v7 as uuid } from "uuid";
import type { UserRow } from "../../identity/users/user.entity.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import { slugCandidates } from "../../platform/lib/slug.ts";
import { StoreEntity, type StoreRow } from "./store.entity.ts";

/**
 * Prepares a store for a new user, called after its owner, under a handle that is free just now. It is stored with
 * the owner, by whoever flushes; should somebody else have taken the handle by then, the database says so.
 */
export async function createStore(em: EntityManager, owner: UserRow, createdAt: Date): Promise<StoreRow> {
  for (const handle of slugCandidates(owner.name, "store")) {
    if ((await em.count(StoreEntity, { handle })) > 0) continue;
    const store = em.create(StoreEntity, { id: uuid(), owner, handle, name: owner.name, createdAt });
    em.persist(store);
    return store;
  }
  throw new Error("No handle is free for this name");
}
