import { v7 as uuid } from "uuid";
import { UserEntity } from "../../identity/users/user.entity.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import { slugCandidates } from "../../platform/lib/slug.ts";
import { StoreEntity } from "./store.entity.ts";

/**
 * Inserts the store of a new user. The store has the user's name, and the first free handle derived from that name.
 * Throws UniqueConstraintViolationException if another request takes the handle between the search for a free one and
 * the insert.
 */
export async function createStore(
  em: EntityManager,
  owner: { id: string; name: string },
  createdAt: Date,
): Promise<void> {
  for (const handle of slugCandidates(owner.name, "store")) {
    if ((await em.count(StoreEntity, { handle })) > 0) continue;
    const user = em.getReference(UserEntity, owner.id);
    await em.insert(StoreEntity, { id: uuid(), owner: user, handle, name: owner.name, createdAt });
    return;
  }
  throw new Error("No handle is free for this name");
}
