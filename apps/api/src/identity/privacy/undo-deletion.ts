import { inTransaction } from "../../platform/http/context.ts";
import { type ActivityContext, recordActivity } from "../activity/record-activity.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import { lockUser } from "../users/lock-user.ts";

type UndoContext = ActivityContext & { accountExtension: AccountExtension };

/**
 * Keeps an account after all, and shows again all that was taken out of sight. Changes nothing of an account that stays
 * anyhow.
 */
export async function undoDeletion(ctx: UndoContext, userId: string): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const { em, clock, accountExtension } = ctx;
    const user = await lockUser(em, userId);
    if (!user?.deletionAt) return;
    user.deletionAt = null;
    user.updatedAt = new Date(clock.now());
    await accountExtension.reopened(em, userId);
    await recordActivity(ctx, { kind: "user_deletion_undone", userId });
  });
}
