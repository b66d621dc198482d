import type { EntityManager } from "../../platform/db/database.ts";
import type { MailParts } from "../../platform/mail/enqueue-mail.ts";
import { type ClientInfo, recordActivity } from "../activity/record-activity.ts";
import { lockUser } from "../users/lock-user.ts";
import { notifyFactorChange } from "./notify-factor-change.ts";
import { replaceRecoveryCodes } from "./recovery-codes.ts";

interface Parts extends MailParts {
  em: EntityManager;
}

/** Puts new recovery codes in place of all former ones. Null: there is no authenticator app that they could stand in for. */
export async function renewRecoveryCodes(
  { em, ...parts }: Parts,
  userId: string,
  origin: ClientInfo,
): Promise<string[] | null> {
  return em.transactional(async (transaction) => {
    // The user before what is theirs, here as in `removeFactors`: in another order two could wait for each other.
    await lockUser(transaction, userId);
    // Two renewals at once come one after the other, and ten codes remain.
    const held = await transaction.execute<unknown[]>(
      `update totp_factors set confirmed_at = confirmed_at
       where user_id = ? and confirmed_at is not null returning user_id`,
      [userId],
    );
    if (held.length === 0) return null;
    const codes = await replaceRecoveryCodes(transaction, userId);
    await recordActivity({ em: transaction, ...parts }, origin, { kind: "authn_recovery_codes_renewed", userId });
    await notifyFactorChange(transaction, parts, userId, "recovery_codes_renewed");
    return codes;
  });
}
