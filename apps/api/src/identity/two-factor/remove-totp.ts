import type { EntityManager } from "../../platform/db/database.ts";
import type { MailParts } from "../../platform/mail/enqueue-mail.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { type ClientInfo, recordActivity } from "../activity/record-activity.ts";
import { lockUser } from "../users/lock-user.ts";
import { notifyFactorChange } from "./notify-factor-change.ts";
import type { TotpFactor } from "./queries.ts";
import { RecoveryCodeEntity } from "./recovery-code.entity.ts";

interface Parts extends MailParts {
  em: EntityManager;
  sessionStore: Pick<SessionStore, "listOf" | "end">;
}

interface Removal {
  userId: string;
  origin: ClientInfo;
  isByOperator?: boolean;
}

/**
 * Takes an authenticator app and its recovery codes away. False: none was set up, though one may have been begun. Whoever
 * is half way through a log-in begins anew: no code will do any more. Throws SessionStoreUnavailable, and the app is gone
 * all the same.
 */
export async function removeTotp({ em, ...parts }: Parts, removal: Removal): Promise<boolean> {
  const { userId, origin, isByOperator = false } = removal;
  const isRemoved = await em.transactional(async (transaction) => {
    // The user before what is theirs, here as in `removeFactors`: in another order two could wait for each other.
    await lockUser(transaction, userId);
    const [removed] = await transaction.execute<Pick<TotpFactor, "confirmedAt">[]>(
      `delete from totp_factors where user_id = ? returning confirmed_at as "confirmedAt"`,
      [userId],
    );
    // One that never asked anybody for a code is no news to its owner.
    if (!removed || removed.confirmedAt === null) return false;
    await transaction.nativeDelete(RecoveryCodeEntity, { user: userId });
    const kind = isByOperator ? "authn_factor_removed_by_operator" : "authn_factor_removed";
    await recordActivity({ em: transaction, ...parts }, origin, { kind, userId });
    await notifyFactorChange(transaction, parts, userId, isByOperator ? "totp_removed_by_operator" : "totp_removed");
    return true;
  });
  if (isRemoved) await endHalfSessions(parts.sessionStore, userId);
  return isRemoved;
}

async function endHalfSessions(sessionStore: Parts["sessionStore"], userId: string): Promise<void> {
  for (const { id, record } of await sessionStore.listOf(userId)) {
    if (record.isPending) await sessionStore.end(id);
  }
}
