import type { EntityManager } from "../../platform/db/database.ts";
import { RecoveryCodeEntity } from "../two-factor/recovery-code.entity.ts";
import { TotpFactorEntity } from "../two-factor/totp-factor.entity.ts";
import { PasskeyEntity } from "./passkey.entity.ts";

/**
 * Removes the authenticator app, the recovery codes and the passkeys of an account; only the password remains. The
 * transaction of `em` must hold the lock on the user's row, as each transaction that adds a factor does.
 */
export async function removeFactors(em: EntityManager, userId: string): Promise<void> {
  await em.nativeDelete(RecoveryCodeEntity, { user: userId });
  await em.nativeDelete(TotpFactorEntity, { user: userId });
  await em.nativeDelete(PasskeyEntity, { user: userId });
}
