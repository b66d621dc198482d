import { inTransaction } from "../../platform/http/context.ts";
import { recordActivity } from "../activity/record-activity.ts";
import { lockUser } from "../users/lock-user.ts";
import type { FactorContext } from "./factor-context.ts";
import { notifyFactorChange } from "./notify-factor-change.ts";
import { replaceRecoveryCodes } from "./recovery-codes.ts";

/** Replaces all recovery codes of a user. Null: the user has no confirmed authenticator app. */
export async function renewRecoveryCodes(ctx: FactorContext, userId: string): Promise<string[] | null> {
  return inTransaction(ctx, async (ctx) => {
    // Locks the user's row before the rows of factors, as all changes of factors do: the opposite order could deadlock.
    await lockUser(ctx.em, userId);
    // This update locks the row: two concurrent renewals run one after the other, and ten codes remain.
    const held = await ctx.em.execute<unknown[]>(
      `update totp_factors set confirmed_at = confirmed_at
       where user_id = ? and confirmed_at is not null returning user_id`,
      [userId],
    );
    if (held.length === 0) return null;
    const codes = await replaceRecoveryCodes(ctx.em, userId);
    await recordActivity(ctx, { kind: "authn_recovery_codes_renewed", userId });
    await notifyFactorChange(ctx, { userId, change: "recovery_codes_renewed" });
    return codes;
  });
}
