import type { EntityManager } from "../../platform/db/database.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import { lockUser } from "./lock-user.ts";

/** Lets a user in again who was shut out. False: no such user. */
export async function enableUser({ em, clock }: { em: EntityManager; clock: Clock }, userId: string): Promise<boolean> {
  return em.transactional(async (transaction) => {
    const row = await lockUser(transaction, userId);
    if (!row) return false;
    transaction.assign(row, { disabledAt: null, updatedAt: new Date(clock.now()) });
    return true;
  });
}
