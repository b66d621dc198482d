import { inTransaction } from "../../platform/http/context.ts";
import { type ActivityContext, recordActivity } from "../activity/record-activity.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import { lockUser } from "../users/lock-user.ts";

type UndoContext = ActivityContext & { accountExtension: AccountExtension };

/** Cancels an account's deletion and republishes its products. Does nothing if no deletion is pending. */
export async function undoDeletion(ctx: UndoContext, userId: string): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const { em, clock, accountExtension } = ctx;
    const user = await lockUser(em, userId);
    if (!user?.deletionAt) return;
    user.deletionAt = null;
    user.deletionAskedAt = null;
    user.updatedAt = new Date(clock.now());
    await accountExtension.reopened(em, userId);
    await recordActivity(ctx, { kind: "user_deletion_undone", userId });
  });
}
