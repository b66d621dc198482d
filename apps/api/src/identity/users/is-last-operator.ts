import type { EntityManager } from "../../platform/db/database.ts";
import { lockSetting } from "../../platform/db/lock-setting.ts";
import { UserEntity, type UserRow } from "./user.entity.ts";

const OPERATORS = "operators";

/** The condition for an operator who can log in, and goes on to. */
export const ACTIVE_OPERATOR = { operatorSince: { $ne: null }, disabledAt: null, deletionAt: null } as const;

/**
 * Tells if a user is the only operator who can log in: such an account may not be disabled, deleted or demoted. Call it
 * in the transaction of that change. It locks one row for all operators: two operators who disable each other at once
 * can't both succeed.
 */
export async function isLastOperator(em: EntityManager, user: UserRow): Promise<boolean> {
  if (user.operatorSince === null) return false;
  await lockSetting(em, OPERATORS);
  const isOther = { ...ACTIVE_OPERATOR, id: { $ne: user.id } };
  return (await em.count(UserEntity, isOther)) === 0;
}
