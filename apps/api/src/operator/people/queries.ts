import { raw } from "@mikro-orm/core";
import type { Person } from "@yumroad/contract";
import { StoreEntity } from "../../catalog/stores/store.entity.ts";
import { emailKeyOf, UserEntity, type UserRow } from "../../identity/users/user.entity.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import { KEEPERS_PASSWORD_HASH } from "../../sales/sales/keep-store-with-orders.ts";

/** Leaves out the rows that only keep the stores of deleted accounts. */
const IS_PERSON = { passwordHash: { $ne: KEEPERS_PASSWORD_HASH } };

interface PeopleWanted {
  /** Beginning of email addresses; left out: everybody. */
  emailStart: string | undefined;
  /** The person that the former page ended with; null: from the newest person on. */
  afterId: string | null;
  limit: number;
}

/** Lists people with their stores, the newest first. If the person named by `afterId` is gone, the list is empty. */
export async function listPeople(em: EntityManager, { emailStart, afterId, limit }: PeopleWanted): Promise<Person[]> {
  const start = emailStart === undefined ? null : emailKeyOf(emailStart);
  const isWanted = start === null ? {} : { [raw("substr(email_key, 1, ?)", [start.length])]: start };
  const isAfter = afterId === null ? {} : await isOlderThan(em, afterId);
  if (isAfter === null) return [];
  const users = await em.find(
    UserEntity,
    { $and: [isWanted, isAfter, IS_PERSON] },
    { orderBy: { createdAt: "desc", id: "desc" }, limit },
  );
  return withStores(em, users);
}

async function isOlderThan(em: EntityManager, id: string) {
  const last = await em.findOne(UserEntity, { id });
  if (!last) return null;
  return {
    $or: [{ createdAt: { $lt: last.createdAt } }, { createdAt: last.createdAt, id: { $lt: last.id } }],
  };
}

/** One person with their store. Null: no such user. */
export async function findPerson(em: EntityManager, id: string): Promise<Person | null> {
  const user = await em.findOne(UserEntity, { id, ...IS_PERSON });
  return user && ((await withStores(em, [user]))[0] ?? null);
}

async function withStores(em: EntityManager, users: UserRow[]): Promise<Person[]> {
  const stores = await em.find(StoreEntity, { owner: { $in: users.map(({ id }) => id) } });
  const storeOf = new Map(stores.map(({ owner, handle, name }) => [owner.id, { handle, name }]));
  return users.map(({ id, email, name, operatorSince, disabledAt, createdAt }) => ({
    id,
    email,
    name,
    store: storeOf.get(id) ?? null,
    isOperator: operatorSince !== null,
    isDisabled: disabledAt !== null,
    createdAt: createdAt.toISOString(),
  }));
}
