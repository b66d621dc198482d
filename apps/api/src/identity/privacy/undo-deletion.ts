import type { EntityManager } from "../../platform/db/database.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import { type ClientInfo, recordActivity } from "../activity/record-activity.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import { lockUser } from "../users/lock-user.ts";

interface Parts {
  em: EntityManager;
  clock: Clock;
  accountExtension: AccountExtension;
}

/** Keeps an account after all, and puts back on the shelf what was taken off. Of one that stays anyhow nothing changes. */
export async function undoDeletion(
  { em, clock, accountExtension }: Parts,
  userId: string,
  origin: ClientInfo,
): Promise<void> {
  await em.transactional(async (transaction) => {
    const user = await lockUser(transaction, userId);
    if (!user?.deletionAt) return;
    user.deletionAt = null;
    user.updatedAt = new Date(clock.now());
    await accountExtension.reopened(transaction, userId);
    await recordActivity({ em: transaction, clock }, origin, { kind: "user_deletion_undone", userId });
  });
}
