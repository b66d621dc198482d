import { randomUUID } from "node:crypto";
import { StoreEntity } from "../../catalog/stores/store.entity.ts";
import { StoreHandleEntity } from "../../catalog/stores/store-handle.entity.ts";
import { UserEntity } from "../../identity/users/user.entity.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import { makeUndeliverableEmail } from "../../platform/mail/undeliverable-email.ts";
import { OrderEntity } from "../orders/order.entity.ts";

/** The password hash of a row of users that only keeps a store: no password has it. */
export const KEEPERS_PASSWORD_HASH = "none";
const NAME = "Closed store";

/**
 * Keeps the store of a user who is about to be deleted, if it has orders: the law wants them kept for years, buyers keep
 * what they bought, and the numbers of receipts stay without gaps. The store passes to a new row of users that nobody can
 * log in to, and says nothing of the former owner: the orders have their own copies of what a receipt must name. Its
 * handles are free again, as those of a store that goes. False: there is no store, or it has no orders.
 */
export async function keepStoreWithOrders(em: EntityManager, userId: string, now: Date): Promise<boolean> {
  const store = await em.findOne(StoreEntity, { owner: userId });
  if (store === null || (await em.count(OrderEntity, { store: store.id })) === 0) return false;
  // Longer than a handle that a seller can choose.
  const handle = `closed-${store.id}`;
  await em.nativeDelete(StoreHandleEntity, { store: store.id });
  await em.insert(StoreHandleEntity, { handle, store, createdAt: now });
  const nameless = {
    name: NAME,
    handle,
    bio: "",
    legalName: "",
    legalAddress: "",
    contactEmail: "",
    payInstructions: "",
  };
  const closed = { ...nameless, owner: await insertOwner(em, now), closedAt: now };
  await em.nativeUpdate(StoreEntity, { id: store.id }, closed);
  // Nobody is left who could see the money arrive.
  await em.nativeUpdate(OrderEntity, { store: store.id }, { payInstructions: "" });
  await em.execute(
    "update products set status = 'archived', withdrawn_at = null, version = version + 1 where store_id = ?",
    [store.id],
  );
  return true;
}

/** Inserts a user that is nobody, and returns its id. */
async function insertOwner(em: EntityManager, now: Date): Promise<string> {
  const id = randomUUID();
  const email = makeUndeliverableEmail();
  await em.insert(UserEntity, {
    ...{ id, email, emailKey: email, name: NAME, passwordHash: KEEPERS_PASSWORD_HASH, disabledAt: now },
    ...{ createdAt: now, updatedAt: now },
  });
  return id;
}
