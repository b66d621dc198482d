import type { EntityManager } from "../../platform/db/database.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import { MailedTokenEntity, type TokenPurpose } from "./mailed-token.entity.ts";

/** Ends links of a user that were mailed and not used yet. False: there was none. */
export async function revokeTokens(
  { em, clock }: { em: EntityManager; clock: Clock },
  userId: string,
  purposes: readonly TokenPurpose[],
): Promise<boolean> {
  const pending = { user: userId, purpose: { $in: [...purposes] }, endedAt: null };
  return (await em.nativeUpdate(MailedTokenEntity, pending, { endedAt: new Date(clock.now()) })) > 0;
}
