import type { User } from "@yumroad/contract";
import type { Limits } from "../../config/limits.ts";
import { enqueueMail, type MailContext } from "../../platform/mail/enqueue-mail.ts";
import { lockoutWords } from "../../words/account-mails.ts";
import { type ActivityContext, recordActivity } from "../activity/record-activity.ts";
import { issueToken, type LinkLimits } from "../tokens/issue-token.ts";
import type { RecoveryKind } from "./recovery-request.entity.ts";

type Lockout = Exclude<RecoveryKind, "forgotten_password">;

/** The limits that hold new devices back. */
const LIMITS = {
  too_many_passwords: "wrongPasswordsForAccount",
  too_many_log_ins: "loginsOfAccount",
  too_many_codes: "wrongCodesForAccount",
} as const satisfies Record<Lockout, keyof Limits>;

export type LockoutLimits = LinkLimits & Pick<Limits, (typeof LIMITS)[Lockout] | "triesByLink">;

/**
 * Mails an account's owner that strangers are locked out, with a link that grants the owner's browser some tries of its
 * own.
 */
export async function mailLockout(
  ctx: MailContext & ActivityContext & { limits: LockoutLimits },
  { id: userId, email }: Pick<User, "id" | "email">,
  kind: Lockout,
): Promise<void> {
  await recordActivity(ctx, { kind: "authn_login_fail_max", userId });
  const { limits } = ctx;
  const words = lockoutWords[kind]({
    waitMs: limits[LIMITS[kind]].windowMs,
    tries: limits.triesByLink.max,
    linkMs: limits.unlockLink,
  });
  // Issues no token if the server sends no mail, because the token would not reach the owner.
  const path =
    ctx.mailer.way === "none"
      ? "/unlock"
      : `/unlock#token=${await issueToken(ctx, { purpose: "unlock", userId, email })}`;
  await enqueueMail(ctx, { kind, to: email, ...words, button: { label: words.buttonLabel, path } });
}
