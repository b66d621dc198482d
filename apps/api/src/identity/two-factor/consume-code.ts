import type { SecondFactor } from "@yumroad/contract";
import type { EntityManager } from "../../platform/db/database.ts";
import type { MailParts } from "../../platform/mail/enqueue-mail.ts";
import { notifyFactorChange } from "./notify-factor-change.ts";
import { findConfirmedTotp } from "./queries.ts";
import { consumeRecoveryCode, isRecoveryCode } from "./recovery-codes.ts";
import type { Totp } from "./totp.ts";
import { digitsOf } from "./try-code.ts";

interface Parts extends MailParts {
  em: EntityManager;
  totp: Totp;
}

type LookParts = Pick<Parts, "em" | "totp">;

/**
 * Whether `consumeCode` would take a code of an account now. It uses nothing up: what the code is given for can be got
 * ready first, so that whoever comes too late for that has lost no code.
 */
export async function isRightCode(parts: LookParts, userId: string, code: string): Promise<boolean> {
  const digits = digitsOf(code);
  if (digits !== null) return isRightStep(parts, userId, digits);
  return (await findConfirmedTotp(parts.em, userId)) !== null && isRecoveryCode(parts.em, userId, code);
}

/**
 * Uses up a code of an account: six digits are the authenticator app's, everything else a recovery code. Gives which
 * of the two it was; null for a wrong one, and for one that was used before. Of several at once one succeeds.
 */
export async function consumeCode(
  { em, totp, ...parts }: Parts,
  userId: string,
  code: string,
): Promise<SecondFactor | null> {
  const digits = digitsOf(code);
  if (digits !== null) return (await spendStep({ em, totp }, userId, digits)) ? "totp" : null;
  if ((await findConfirmedTotp(em, userId)) === null) return null;
  return em.transactional(async (transaction) => {
    if (!(await consumeRecoveryCode(transaction, userId, code, new Date(parts.clock.now())))) return null;
    await notifyFactorChange(transaction, parts, userId, "recovery_code_used");
    return "recovery_code";
  });
}

// Each step once (ASVS 6.5.1), and only of the secret that was looked at: another may have been set up meanwhile.
const IS_GOOD = "user_id = ? and sealed_secret = ? and confirmed_at is not null and last_step < ?";

async function isRightStep(parts: LookParts, userId: string, digits: string): Promise<boolean> {
  const found = await findStep(parts, userId, digits);
  if (found === null) return false;
  const sql = `select 1 from totp_factors where ${IS_GOOD}`;
  return (await parts.em.execute<unknown[]>(sql, [userId, found.sealedSecret, found.step])).length > 0;
}

async function spendStep({ em, totp }: LookParts, userId: string, digits: string): Promise<boolean> {
  const found = await findStep({ em, totp }, userId, digits);
  if (found === null) return false;
  const { step, sealedSecret } = found;
  const sql = `update totp_factors set last_step = ?, sealed_secret = ? where ${IS_GOOD} returning user_id`;
  const values = [step, totp.resealed(sealedSecret, userId), userId, sealedSecret, step];
  return (await em.execute<unknown[]>(sql, values)).length > 0;
}

async function findStep(
  { em, totp }: LookParts,
  userId: string,
  digits: string,
): Promise<{ step: number; sealedSecret: string } | null> {
  const factor = await findConfirmedTotp(em, userId);
  if (factor === null) return null;
  const step = totp.stepOf(digits, factor.sealedSecret, userId);
  return step === null ? null : { step, sealedSecret: factor.sealedSecret };
}
