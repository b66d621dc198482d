import { readRows } from "../../platform/db/read-rows.ts";
import { inTransaction } from "../../platform/http/context.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { recordActivity } from "../activity/record-activity.ts";
import { lockUser } from "../users/lock-user.ts";
import type { FactorContext } from "./factor-context.ts";
import { notifyFactorChange } from "./notify-factor-change.ts";
import type { TotpFactor } from "./queries.ts";
import { RecoveryCodeEntity } from "./recovery-code.entity.ts";

type RemoveTotpContext = FactorContext & { sessionStore: Pick<SessionStore, "listOf" | "end"> };

/**
 * Removes a user's authenticator app and its recovery codes. Ends pending sessions, because they ask for a code that no
 * app can make any more. False: no app was confirmed. An unconfirmed app is removed too. If the session store can't be
 * reached, this throws SessionStoreUnavailable after it has removed the app.
 */
export async function removeTotp(
  ctx: RemoveTotpContext,
  { userId, isByOperator = false }: { userId: string; isByOperator?: boolean },
): Promise<boolean> {
  const isRemoved = await inTransaction(ctx, async (ctx) => {
    // Locks the user's row before the rows of factors, as all changes of factors do: the opposite order could deadlock.
    await lockUser(ctx.em, userId);
    const [removed] = await readRows<Pick<TotpFactor, "confirmedAt">>(
      ctx.em,
      `delete from totp_factors where user_id = ? returning confirmed_at as "confirmedAt"`,
      [userId],
    );
    // No login has asked for a code of an unconfirmed app, so the owner gets no mail about its removal.
    if (!removed || removed.confirmedAt === null) return false;
    await ctx.em.nativeDelete(RecoveryCodeEntity, { user: userId });
    const kind = isByOperator ? "authn_factor_removed_by_operator" : "authn_factor_removed";
    await recordActivity(ctx, { kind, userId });
    await notifyFactorChange(ctx, { userId, change: isByOperator ? "totp_removed_by_operator" : "totp_removed" });
    return true;
  });
  if (isRemoved) await endPendingSessions(ctx, userId);
  return isRemoved;
}

async function endPendingSessions({ sessionStore }: RemoveTotpContext, userId: string): Promise<void> {
  for (const { id, record } of await sessionStore.listOf(userId)) {
    if (record.isPending) await sessionStore.end(id);
  }
}
