import type { MailParts } from "../../platform/mail/enqueue-mail.ts";
import { type ClientInfo, recordActivity } from "../activity/record-activity.ts";
import { numberOf } from "../auth/login-limits.ts";
import type { Miss } from "../auth/try-proof.ts";
import { revokeOtherBrowsers } from "../users/known-browsers.ts";
import { type FactorBar, type FactorOwner, lockFactorOwner } from "./factor-owner.ts";
import { notifyFactorChange } from "./notify-factor-change.ts";
import { findTotp, type TotpFactor } from "./queries.ts";
import { replaceRecoveryCodes } from "./recovery-codes.ts";
import type { Totp } from "./totp.ts";
import { type Attempt, type CodeParts, digitsOf, tryCode } from "./try-code.ts";

export type ConfirmTotpOutcome =
  /** `number`: by which the account knows this browser from now on; null for a browser that it did not know. */
  | { kind: "confirmed"; recoveryCodes: string[]; number: number | null }
  | { kind: "already_set_up" }
  | { kind: "barred"; by: FactorBar }
  | Miss;

interface Parts extends CodeParts, MailParts {
  totp: Totp;
  /** Gives the session its new id; throws when it has ended meanwhile, and then nothing is set up. */
  goOn: () => Promise<unknown>;
}

/**
 * Sets an authenticator app up for good, with its first code: from the commit on, a password alone logs nobody in.
 * Without one to confirm every code is wrong.
 */
export async function confirmTotp(
  parts: Parts,
  owner: FactorOwner,
  { code, from }: Omit<Attempt, "accountId">,
  origin: ClientInfo,
): Promise<ConfirmTotpOutcome> {
  const factor = await findTotp(parts.em, owner.id);
  if (factor && factor.confirmedAt !== null) return { kind: "already_set_up" };
  const attempt = { accountId: owner.id, from };
  const tried = await tryCode(
    parts,
    attempt,
    async () => factor && confirm(parts, factor, { owner, code, from }, origin),
  );
  return tried.kind === "right" ? tried.result : tried;
}

async function confirm(
  { em, clock, totp, goOn, limits, ...parts }: Parts,
  { sealedSecret }: TotpFactor,
  { owner, code, from }: { owner: FactorOwner } & Omit<Attempt, "accountId">,
  origin: ClientInfo,
): Promise<ConfirmTotpOutcome | null> {
  const { id: accountId } = owner;
  const digits = digitsOf(code);
  const step = digits === null ? null : totp.stepOf(digits, sealedSecret, accountId);
  if (step === null) return null;
  await goOn();

  return em.transactional(async (transaction): Promise<ConfirmTotpOutcome | null> => {
    const by = await lockFactorOwner(transaction, parts.mailer, owner);
    if (by !== null) return { kind: "barred", by };
    const confirmed = await transaction.execute<unknown[]>(
      `update totp_factors set confirmed_at = ?, last_step = ?
       where user_id = ? and sealed_secret = ? and confirmed_at is null returning user_id`,
      [new Date(clock.now()), step, accountId, sealedSecret],
    );
    if (confirmed.length === 0) {
      // Another request was faster: it has confirmed the same one, or begun anew.
      const now = await findTotp(transaction, accountId);
      return now && now.confirmedAt !== null ? { kind: "already_set_up" } : null;
    }
    const recoveryCodes = await replaceRecoveryCodes(transaction, accountId);
    const number = await revokeOtherBrowsers(transaction, accountId, numberOf(accountId, from), limits);
    await recordActivity({ em: transaction, clock }, origin, { kind: "authn_factor_added", userId: accountId });
    await notifyFactorChange(transaction, { clock, ...parts }, accountId, "totp_added");
    return { kind: "confirmed", recoveryCodes, number };
  });
}
