import type { EntityManager } from "../../platform/db/database.ts";
import { RecoveryCodeEntity } from "../two-factor/recovery-code.entity.ts";
import { TotpFactorEntity } from "../two-factor/totp-factor.entity.ts";
import { PasskeyEntity } from "./passkey.entity.ts";

/**
 * Removes every way to log in to an account except its password, in the transaction of `em`, which must hold the lock
 * on the user's row: writes that add a factor hold it as well.
 */
export async function removeFactors(em: EntityManager, userId: string): Promise<void> {
  await em.nativeDelete(RecoveryCodeEntity, { user: userId });
  await em.nativeDelete(TotpFactorEntity, { user: userId });
  await em.nativeDelete(PasskeyEntity, { user: userId });
}
