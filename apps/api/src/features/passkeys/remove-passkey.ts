import type { EntityManager } from "../../db/database.ts";
import type { Clock } from "../../lib/clock.ts";
import { type Origin, recordActivity } from "../activity/record-activity.ts";
import { PasskeyEntity } from "./passkey.entity.ts";

/**
 * Takes a passkey away. It is never the last way in: every account has its password. False: this person has none by
 * that name.
 */
export async function removePasskey(
  { em, clock }: { em: EntityManager; clock: Clock },
  { userId, handle }: { userId: string; handle: string },
  origin: Origin,
): Promise<boolean> {
  return em.transactional(async (transaction) => {
    const removed = await transaction.nativeDelete(PasskeyEntity, { id: handle, user: userId });
    if (removed === 0) return false;
    await recordActivity({ em: transaction, clock }, origin, { kind: "authn_factor_removed", userId });
    return true;
  });
}
