import type { EntityManager } from "../../platform/db/database.ts";
import { readRows } from "../../platform/db/read-rows.ts";

/** An authenticator app, confirmed or not. */
export interface TotpFactor {
  sealedSecret: string;
  confirmedAt: Date | null;
}

export async function findTotp(em: EntityManager, userId: string): Promise<TotpFactor | null> {
  const [row] = await readRows<TotpFactor>(
    em,
    `select sealed_secret as "sealedSecret", confirmed_at as "confirmedAt" from totp_factors where user_id = ?`,
    [userId],
  );
  return row ?? null;
}

export async function countRecoveryCodes(em: EntityManager, userId: string): Promise<number> {
  const [row] = await readRows<{ count: number | string }>(
    em,
    "select count(*) as count from recovery_codes where user_id = ? and used_at is null",
    [userId],
  );
  return Number(row?.count ?? 0);
}

/** Finds the account's authenticator app if it is confirmed: logins do not ask for codes of an unconfirmed app. */
export async function findConfirmedTotp(em: EntityManager, userId: string): Promise<TotpFactor | null> {
  const factor = await findTotp(em, userId);
  return factor !== null && factor.confirmedAt !== null ? factor : null;
}

/** True if the password alone is not enough to log in. */
export async function hasConfirmedTotp(em: EntityManager, userId: string): Promise<boolean> {
  return (await findConfirmedTotp(em, userId)) !== null;
}
