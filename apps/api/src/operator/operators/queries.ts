import { ACTIVE_OPERATOR } from "../../identity/users/is-last-operator.ts";
import { UserEntity, type UserRow } from "../../identity/users/user.entity.ts";
import type { EntityManager } from "../../platform/db/database.ts";

/** Every operator, the first one first. A shop has a handful. */
export function listOperators(em: EntityManager): Promise<UserRow[]> {
  return em.find(UserEntity, { operatorSince: { $ne: null } }, { orderBy: { operatorSince: "asc", id: "asc" } });
}

/** Tells if somebody operates the shop: an operator whose account is disabled does not. */
export async function hasOperators(em: EntityManager): Promise<boolean> {
  return (await em.count(UserEntity, ACTIVE_OPERATOR)) > 0;
}
