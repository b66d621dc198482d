import { inTransaction } from "../../platform/http/context.ts";
import { recordActivity } from "../activity/record-activity.ts";
import type { FactorContext } from "../two-factor/factor-context.ts";
import { notifyFactorChange } from "../two-factor/notify-factor-change.ts";
import { lockUser } from "../users/lock-user.ts";
import { PasskeyEntity } from "./passkey.entity.ts";

/**
 * Removes a passkey. The owner can still log in, since every account has a password. False: the user has no such
 * passkey.
 */
export async function removePasskey(
  ctx: FactorContext,
  { userId, publicId }: { userId: string; publicId: string },
): Promise<boolean> {
  return inTransaction(ctx, async (ctx) => {
    // Locks the user's row before the passkey's row, as all changes of factors do: the opposite order could deadlock.
    await lockUser(ctx.em, userId);
    const removed = await ctx.em.nativeDelete(PasskeyEntity, { id: publicId, user: userId });
    if (removed === 0) return false;
    await recordActivity(ctx, { kind: "authn_passkey_removed", userId });
    await notifyFactorChange(ctx, { userId, change: "passkey_removed" });
    return true;
  });
}
