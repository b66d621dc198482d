import type { ButtonMailWords, MailText } from "./mail-words.ts";

interface FactorWords {
  subject: string;
  /** The effect of the change from now on. */
  meaning: MailText;
  /** The case in which the owner need not react; left out: the owner made the change. */
  occasion?: string;
  /** Advice for an owner who did not make the change, in addition to choosing a new password. */
  remedy: string;
}

const OWN_DOING = "If this was you, there’s nothing to do. If not, someone is in your account";

const changes = {
  totp_added: {
    subject: "An authenticator app was added",
    meaning: (shop) =>
      `From now on, logging in to your account at ${shop} with the password needs a code from the app.`,
    remedy: "and remove that app. If its codes keep you out, contact the shop owner",
  },
  totp_removed: {
    subject: "Your authenticator app was removed",
    meaning: (shop) => `From now on you log in to your account at ${shop} with your password alone.`,
    remedy: "and set your app up again",
  },
  totp_removed_by_operator: {
    subject: "Your authenticator app was removed",
    meaning: (shop) =>
      `The shop owner removed it. From now on you log in to your account at ${shop} with your password alone.`,
    occasion:
      "If you asked for that, there’s nothing to do. If not, someone pretended to be you and may know your password",
    remedy: "and set your app up again",
  },
  recovery_codes_renewed: {
    subject: "You have new recovery codes",
    meaning: (shop) => `Your old recovery codes for ${shop} no longer work.`,
    remedy: "and create new codes",
  },
  recovery_code_used: {
    subject: "A recovery code was used",
    meaning: (shop) => `Your password and one of your recovery codes were entered at ${shop}.`,
    remedy: "and create new codes",
  },
  passkey_added: {
    subject: "A passkey was added",
    meaning: (shop) => `It logs in to your account at ${shop} without the password. A new password doesn’t remove it.`,
    remedy: "and remove that passkey",
  },
  passkey_removed: {
    subject: "A passkey was removed",
    meaning: (shop) => `It no longer logs in to your account at ${shop}.`,
    remedy: "and check that the passkeys that are left are yours",
  },
} satisfies Record<string, FactorWords>;

/** A change of an account's factors other than the password. */
export type FactorChange = keyof typeof changes;

export function factorChangeWords(change: FactorChange): ButtonMailWords {
  const { subject, meaning, occasion = OWN_DOING, remedy }: FactorWords = changes[change];
  return {
    subject,
    heading: subject,
    paragraphs: [meaning, `${occasion}: choose a new password right away, which logs everyone out, ${remedy}.`],
    buttonLabel: "See your security settings",
  };
}
