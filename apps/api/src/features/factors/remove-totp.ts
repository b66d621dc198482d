import type { EntityManager } from "../../db/database.ts";
import type { Clock } from "../../lib/clock.ts";
import { type Origin, recordActivity } from "../activity/record-activity.ts";
import { RecoveryCodeEntity } from "./recovery-code.entity.ts";
import { TotpFactorEntity } from "./totp-factor.entity.ts";

/** Takes an authenticator app and its recovery codes away. False: there was none, set up or begun. */
export async function removeTotp(
  { em, clock }: { em: EntityManager; clock: Clock },
  userId: string,
  origin: Origin,
): Promise<boolean> {
  return em.transactional(async (transaction) => {
    const removed = await transaction.nativeDelete(TotpFactorEntity, { user: userId });
    if (removed === 0) return false;
    await transaction.nativeDelete(RecoveryCodeEntity, { user: userId });
    await recordActivity({ em: transaction, clock }, origin, { kind: "authn_factor_removed", userId });
    return true;
  });
}
