import type { EntityManager } from "../../platform/db/database.ts";
import type { MailParts } from "../../platform/mail/enqueue-mail.ts";
import { type ClientInfo, recordActivity } from "../activity/record-activity.ts";
import { notifyFactorChange } from "../two-factor/notify-factor-change.ts";
import { lockUser } from "../users/lock-user.ts";
import { PasskeyEntity } from "./passkey.entity.ts";

interface Parts extends MailParts {
  em: EntityManager;
}

/**
 * Takes a passkey away. It is never the last way in: every account has its password. False: this person has none by
 * that name.
 */
export async function removePasskey(
  { em, ...parts }: Parts,
  { userId, handle }: { userId: string; handle: string },
  origin: ClientInfo,
): Promise<boolean> {
  return em.transactional(async (transaction) => {
    // The user before what is theirs, here as in `removeFactors`: in another order two could wait for each other.
    await lockUser(transaction, userId);
    const removed = await transaction.nativeDelete(PasskeyEntity, { id: handle, user: userId });
    if (removed === 0) return false;
    await recordActivity({ em: transaction, ...parts }, origin, { kind: "authn_passkey_removed", userId });
    await notifyFactorChange(transaction, parts, userId, "passkey_removed");
    return true;
  });
}
