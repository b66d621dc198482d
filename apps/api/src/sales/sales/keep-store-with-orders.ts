import { randomUUID } from "node:crypto";
import { StoreEntity } from "../../catalog/stores/store.entity.ts";
import { UserEntity } from "../../identity/users/user.entity.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import { OrderEntity } from "../orders/order.entity.ts";

/** The password hash of a row of users that only keeps a store: no password has it. */
export const KEEPERS_PASSWORD_HASH = "none";

/**
 * Keeps the store of a user who is about to be deleted, if it has orders: the law wants them kept for years, buyers keep
 * what they bought, and the numbers of receipts stay without gaps. The store passes to a new row of users that nobody can
 * log in to and that says nothing of the former owner.
 */
export async function keepStoreWithOrders(em: EntityManager, userId: string, now: Date): Promise<void> {
  const store = await em.findOne(StoreEntity, { owner: userId });
  if (store === null || (await em.count(OrderEntity, { store: store.id })) === 0) return;
  const id = randomUUID();
  const email = `closed-store-${store.id}@deleted.invalid`;
  await em.insert(UserEntity, {
    ...{ id, email, emailKey: email, name: "Closed store", passwordHash: KEEPERS_PASSWORD_HASH, disabledAt: now },
    ...{ createdAt: now, updatedAt: now },
  });
  const closed = { owner: id, bio: "", contactEmail: "", payInstructions: "", closedAt: now };
  await em.nativeUpdate(StoreEntity, { id: store.id }, closed);
  // Nobody is left who could see the money arrive.
  await em.nativeUpdate(OrderEntity, { store: store.id }, { payInstructions: "" });
  await em.execute("update products set status = 'archived', version = version + 1 where store_id = ?", [store.id]);
}
