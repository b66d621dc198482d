import type { User } from "@yumroad/contract";
import { enqueueMail, type MailContext, type MailText } from "../../platform/mail/enqueue-mail.ts";
import { type ActivityContext, recordActivity } from "../activity/record-activity.ts";
import { issueToken, type LinkLimits } from "../tokens/issue-token.ts";
import type { RecoveryKind } from "./recovery-request.entity.ts";

type Lockout = Exclude<RecoveryKind, "forgotten_password">;

const WORDS: Readonly<Record<Lockout, { subject: string; paragraphs: MailText[]; closing: string }>> = {
  too_many_passwords: {
    subject: "Too many wrong passwords",
    paragraphs: [
      (shop) =>
        `Someone entered too many wrong passwords for your account at ${shop}. New devices can’t log in for up to 24 hours; devices that you have used before still can.`,
      "To log in on a new device, open this link there: it allows that device 5 more tries.",
    ],
    closing:
      "The link works once and expires in a day. If you forgot your password, choose a new one instead: that lets you in as well.",
  },
  too_many_log_ins: {
    subject: "Too many log-ins",
    paragraphs: [
      (shop) =>
        `Your password was used for too many log-ins to your account at ${shop}. New devices can’t log in for up to an hour. If this wasn’t you, someone knows your password: choose a new one. That lets you in as well.`,
      "To log in on a new device without waiting, open this link there: it allows that device 5 tries.",
    ],
    closing: "The link works once and expires in a day.",
  },
  too_many_codes: {
    subject: "Too many wrong codes",
    paragraphs: [
      (shop) =>
        `Someone entered too many wrong two-factor codes for your account at ${shop}. No more codes are accepted for up to 24 hours. If this wasn’t you, they know your password: change it first.`,
      "Then open this link on the device that you want to log in on: it allows that device 5 more tries.",
    ],
    closing: "The link works once and expires in a day.",
  },
};

/**
 * Mails an account's owner that strangers are locked out, with a link that grants the owner's browser some tries of its
 * own.
 */
export async function mailLockout(
  ctx: MailContext & ActivityContext & { limits: LinkLimits },
  { id: userId, email }: Pick<User, "id" | "email">,
  kind: Lockout,
): Promise<void> {
  await recordActivity(ctx, { kind: "authn_login_fail_max", userId });
  const { subject, paragraphs, closing } = WORDS[kind];
  // Issues no token if the server sends no mail, because the token would not reach the owner.
  const path =
    ctx.mailer.way === "none"
      ? "/unlock"
      : `/unlock#token=${await issueToken(ctx, { purpose: "unlock", userId, email })}`;
  const button = { label: "Allow 5 more tries", path };
  await enqueueMail(ctx, { kind, to: email, subject, heading: subject, paragraphs, button, closing });
}
