import type { SecondFactor } from "@yumroad/contract";
import { type Context, inTransaction } from "../../platform/http/context.ts";
import type { MailContext } from "../../platform/mail/enqueue-mail.ts";
import { notifyFactorChange } from "./notify-factor-change.ts";
import { findConfirmedTotp } from "./queries.ts";
import { consumeRecoveryCode, isRecoveryCode } from "./recovery-codes.ts";
import { digitsOf, type Totp } from "./totp.ts";

type CheckContext = Pick<Context, "em"> & { totp: Totp };

export type ConsumeCodeContext = MailContext & { totp: Totp };

interface Claim {
  userId: string;
  code: string;
}

/**
 * Tells if `consumeCode` would accept a code now, without consuming it. Callers prepare the code's effect first and
 * consume the code last, so that a request that fails before the end does not use the code up.
 */
export async function isRightCode(ctx: CheckContext, { userId, code }: Claim): Promise<boolean> {
  const digits = digitsOf(code);
  if (digits !== null) return isTotpCode(ctx, userId, digits);
  return (await findConfirmedTotp(ctx.em, userId)) !== null && isRecoveryCode(ctx.em, userId, code);
}

/**
 * Consumes a code of an account: six digits are a code of the authenticator app, anything else is a recovery code.
 * Returns the kind of code; null: the code is wrong or was used before. Of concurrent uses only one succeeds.
 */
export async function consumeCode(ctx: ConsumeCodeContext, { userId, code }: Claim): Promise<SecondFactor | null> {
  const digits = digitsOf(code);
  if (digits !== null) return (await consumeTotpCode(ctx, userId, digits)) ? "totp" : null;
  if ((await findConfirmedTotp(ctx.em, userId)) === null) return null;
  return inTransaction(ctx, async (ctx) => {
    if (!(await consumeRecoveryCode(ctx.em, { userId, code, at: new Date(ctx.clock.now()) }))) return null;
    await notifyFactorChange(ctx, { userId, change: "recovery_code_used" });
    return "recovery_code";
  });
}

// Accepts each time step once (ASVS 6.5.1), and only for the secret that was checked, because another request may have
// set up another app after the check.
const IS_UNUSED = "user_id = ? and sealed_secret = ? and confirmed_at is not null and last_step < ?";

async function isTotpCode(ctx: CheckContext, userId: string, digits: string): Promise<boolean> {
  const match = await matchTotp(ctx, userId, digits);
  if (match === null) return false;
  const sql = `select 1 from totp_factors where ${IS_UNUSED}`;
  return (await ctx.em.execute<unknown[]>(sql, [userId, match.sealedSecret, match.timeStep])).length > 0;
}

async function consumeTotpCode(ctx: CheckContext, userId: string, digits: string): Promise<boolean> {
  const match = await matchTotp(ctx, userId, digits);
  if (match === null) return false;
  const { timeStep, sealedSecret } = match;
  const sql = `update totp_factors set last_step = ?, sealed_secret = ? where ${IS_UNUSED} returning user_id`;
  const values = [timeStep, ctx.totp.resealed(sealedSecret, userId), userId, sealedSecret, timeStep];
  return (await ctx.em.execute<unknown[]>(sql, values)).length > 0;
}

/**
 * Returns the time step that matches the digits, and the secret; null: the digits are wrong, or no app is confirmed.
 */
async function matchTotp(
  { em, totp }: CheckContext,
  userId: string,
  digits: string,
): Promise<{ timeStep: number; sealedSecret: string } | null> {
  const factor = await findConfirmedTotp(em, userId);
  if (factor === null) return null;
  const timeStep = totp.timeStepOf(digits, factor.sealedSecret, userId);
  return timeStep === null ? null : { timeStep, sealedSecret: factor.sealedSecret };
}
