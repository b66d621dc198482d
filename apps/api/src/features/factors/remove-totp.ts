import type { EntityManager } from "../../db/database.ts";
import { type Origin, recordActivity } from "../activity/record-activity.ts";
import type { MailParts } from "../mail/enqueue-mail.ts";
import { notifyFactorChange } from "./notify-factor-change.ts";
import type { TotpFactor } from "./queries.ts";
import { RecoveryCodeEntity } from "./recovery-code.entity.ts";

interface Parts extends MailParts {
  em: EntityManager;
}

/** Takes an authenticator app and its recovery codes away. False: none was set up, though one may have been begun. */
export async function removeTotp({ em, ...parts }: Parts, userId: string, origin: Origin): Promise<boolean> {
  return em.transactional(async (transaction) => {
    const [removed] = await transaction.execute<Pick<TotpFactor, "confirmedAt">[]>(
      `delete from totp_factors where user_id = ? returning confirmed_at as "confirmedAt"`,
      [userId],
    );
    // One that never asked anybody for a code is no news to its owner.
    if (!removed || removed.confirmedAt === null) return false;
    await transaction.nativeDelete(RecoveryCodeEntity, { user: userId });
    await recordActivity({ em: transaction, ...parts }, origin, { kind: "authn_factor_removed", userId });
    await notifyFactorChange(transaction, parts, userId, "totp_removed");
    return true;
  });
}
