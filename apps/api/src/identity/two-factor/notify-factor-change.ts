import { enqueueMail, type MailContext, type MailText } from "../../platform/mail/enqueue-mail.ts";
import { findAccountById } from "../users/queries.ts";

/** A change of an account's factors other than the password. */
export type FactorChange =
  | "totp_added"
  | "totp_removed"
  | "totp_removed_by_operator"
  | "recovery_codes_renewed"
  | "recovery_code_used"
  | "passkey_added"
  | "passkey_removed";

interface Words {
  subject: string;
  /** The effect of the change from now on. */
  meaning: MailText;
  /** The case in which the owner need not react; left out: the owner made the change (`OWN_DOING`). */
  occasion?: string;
  /** Advice for an owner who did not make the change, in addition to choosing a new password. */
  remedy: string;
}

const OWN_DOING = "If that was you, there is nothing to do. If it was not, somebody else is in your account";

const WORDS: Readonly<Record<FactorChange, Words>> = {
  totp_added: {
    subject: "An authenticator app was set up",
    meaning: (shop) => `Logging in to your account at ${shop} with the password asks for one of its codes from now on.`,
    remedy: "and remove that app. If its codes keep you out, write to whoever runs the shop",
  },
  totp_removed: {
    subject: "Your authenticator app was removed",
    meaning: (shop) => `Your password alone is enough to log in to your account at ${shop} from now on.`,
    remedy: "and set your app up again",
  },
  totp_removed_by_operator: {
    subject: "Your authenticator app was removed",
    meaning: (shop) =>
      `Whoever runs the shop has removed it. Your password alone is enough to log in to your account at ${shop} from now on.`,
    occasion:
      "If you asked for that, there is nothing to do. If you did not, somebody has pretended to be you, and may know your password",
    remedy: "and set your app up again",
  },
  recovery_codes_renewed: {
    subject: "You have new recovery codes",
    meaning: (shop) => `The former recovery codes of your account at ${shop} are of no use any more.`,
    remedy: "and make new codes",
  },
  recovery_code_used: {
    subject: "A recovery code was used",
    meaning: (shop) =>
      `Somebody has given your password and one of your recovery codes at ${shop}, to log in or to confirm that it is you.`,
    remedy: "and make new codes",
  },
  passkey_added: {
    subject: "A passkey was added",
    meaning: (shop) =>
      `It logs in to your account at ${shop} without the password. A new password does not take it away.`,
    remedy: "and remove that passkey",
  },
  passkey_removed: {
    subject: "A passkey was removed",
    meaning: (shop) => `It does not log in to your account at ${shop} any more.`,
    remedy: "and look whether the passkeys that are left are yours",
  },
};

/**
 * Mails the owner of an account about a change of its factors, in the transaction of the change (ASVS 5.0.0, 6.3.7).
 * Does not name a passkey: an intruder who adds a passkey chooses its name.
 */
export async function notifyFactorChange(
  ctx: MailContext,
  { userId, change }: { userId: string; change: FactorChange },
): Promise<void> {
  const account = await findAccountById(ctx.em, userId);
  if (account === null) return;
  const { subject, meaning, occasion = OWN_DOING, remedy } = WORDS[change];
  await enqueueMail(ctx, {
    kind: change,
    to: account.user.email,
    subject,
    heading: subject,
    paragraphs: [meaning, `${occasion}: choose a new password right away, which logs everybody out, ${remedy}.`],
    button: { label: "See your security settings", path: "/settings/security" },
  });
}
