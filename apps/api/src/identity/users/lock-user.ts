import { LockMode } from "@mikro-orm/core";
import type { EntityManager } from "../../platform/db/database.ts";
import { UserEntity, type UserRow } from "./user.entity.ts";

/** Reads a user's current row and locks it until the end of the transaction of `em`. Null: no such user. */
export function lockUser(em: EntityManager, id: string): Promise<UserRow | null> {
  return em.findOne(UserEntity, id, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}
