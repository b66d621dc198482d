import type { User } from "@yumroad/contract";
import type { Request } from "express";
import { inTransaction } from "../../platform/http/context.ts";
import { recordActivity } from "../activity/record-activity.ts";
import { numberOf } from "../auth/login-limits.ts";
import type { LockoutContext } from "../auth/report-lockout.ts";
import type { Miss } from "../auth/try-proof.ts";
import { rotateSession } from "../sessions/rotate-session.ts";
import type { SessionContext } from "../sessions/session-context.ts";
import { revokeOtherBrowsers } from "../users/known-browsers.ts";
import type { FactorContext } from "./factor-context.ts";
import { type FactorOwner, lockFactorOwner, type SetupRefusal } from "./factor-owner.ts";
import { notifyFactorChange } from "./notify-factor-change.ts";
import { findTotp, type TotpFactor } from "./queries.ts";
import { replaceRecoveryCodes } from "./recovery-codes.ts";
import { digitsOf, type Totp } from "./totp.ts";
import { type CodeAttempt, tryCode } from "./try-code.ts";

export type ConfirmTotpOutcome =
  /** `number`: the account's new number for this browser; null: the account did not know this browser. */
  | { kind: "confirmed"; recoveryCodes: string[]; number: number | null }
  | { kind: "already_set_up" }
  | { kind: "setup_refused"; reason: SetupRefusal }
  | Miss;

type ConfirmTotpContext = SessionContext & LockoutContext & FactorContext & { totp: Totp };

interface Confirmation extends Omit<CodeAttempt, "userId"> {
  user: User;
  owner: FactorOwner;
}

/**
 * Confirms an authenticator app with its first code. After the commit, a password alone is not enough to log in. If no
 * app waits for confirmation, every code is wrong. Rotates the session before anything is written; throws
 * `unauthenticated` if the session ended during the request.
 */
export async function confirmTotp(
  ctx: ConfirmTotpContext,
  req: Request,
  confirmation: Confirmation,
): Promise<ConfirmTotpOutcome> {
  const { user, code, from } = confirmation;
  const factor = await findTotp(ctx.em, user.id);
  if (factor && factor.confirmedAt !== null) return { kind: "already_set_up" };
  const tried = await tryCode(ctx, { userId: user.id, from }, async () => {
    const digits = digitsOf(code);
    if (factor === null || digits === null) return null;
    const timeStep = ctx.totp.timeStepOf(digits, factor.sealedSecret, user.id);
    if (timeStep === null) return null;
    await rotateSession(ctx, req, { user, isProven: false });
    return confirm(ctx, confirmation, { factor, timeStep });
  });
  return tried.kind === "right" ? tried.result : tried;
}

/** Stores the confirmation. Null: a concurrent request has begun the setup again, with another secret. */
async function confirm(
  ctx: ConfirmTotpContext,
  { owner, from }: Confirmation,
  { factor: { sealedSecret }, timeStep }: { factor: TotpFactor; timeStep: number },
): Promise<ConfirmTotpOutcome | null> {
  const { id: userId } = owner;
  return inTransaction(ctx, async (ctx): Promise<ConfirmTotpOutcome | null> => {
    const { em, clock, limits } = ctx;
    const reason = await lockFactorOwner(ctx, owner);
    if (reason !== null) return { kind: "setup_refused", reason };
    const confirmed = await em.execute<unknown[]>(
      `update totp_factors set confirmed_at = ?, last_step = ?
       where user_id = ? and sealed_secret = ? and confirmed_at is null returning user_id`,
      [new Date(clock.now()), timeStep, userId, sealedSecret],
    );
    if (confirmed.length === 0) {
      // A concurrent request has confirmed the same app, or has begun the setup again.
      const now = await findTotp(em, userId);
      return now && now.confirmedAt !== null ? { kind: "already_set_up" } : null;
    }
    const recoveryCodes = await replaceRecoveryCodes(em, userId);
    const number = await revokeOtherBrowsers(em, userId, numberOf(userId, from), limits);
    await recordActivity(ctx, { kind: "authn_factor_added", userId });
    await notifyFactorChange(ctx, { userId, change: "totp_added" });
    return { kind: "confirmed", recoveryCodes, number };
  });
}
