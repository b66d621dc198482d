import { type ButtonMailWords, type MailText, type MailWords, spanInWords } from "./mail-words.ts";

/** The time for which the link of a mail works. */
interface Link {
  linkMs: number;
}

const NEW_PASSWORD = "Choose a new password";
const SECURITY = "See your security settings";

export function verifyEmailWords({ linkMs }: Link): ButtonMailWords {
  return {
    subject: "Confirm your email",
    heading: "Confirm your email",
    paragraphs: [
      (shop) => `Confirm your email for ${shop}, so that we can help you back in if you lose your password.`,
    ],
    buttonLabel: "Confirm your email",
    closing: `The link expires in ${spanInWords(linkMs)}. You can get another one in your settings. If you didn’t create an account, open the link and tell us.`,
  };
}

export function confirmNewEmailWords({ linkMs }: Link): ButtonMailWords {
  return {
    subject: "Confirm your new email",
    heading: "Confirm your new email",
    paragraphs: [(shop) => `Confirm this email to use it for your account at ${shop}.`],
    buttonLabel: "Confirm your new email",
    closing: `The link expires in ${spanInWords(linkMs)}. If you didn’t ask for it, you can ignore this email: nothing changes.`,
  };
}

export function emailChangeAskedWords(): ButtonMailWords {
  return {
    subject: "Your email is about to change",
    heading: "Your email is about to change",
    paragraphs: [
      (shop) =>
        `You asked for a different email for your account at ${shop}. It changes once the new email is confirmed.`,
      "If this wasn’t you, someone is in your account: choose a new password, which also stops this change.",
    ],
    buttonLabel: SECURITY,
  };
}

export function emailChangedWords({ linkMs }: Link): ButtonMailWords {
  return {
    subject: "Your email was changed",
    heading: "Your email was changed",
    paragraphs: [
      (shop) => `Your account at ${shop} has a new, confirmed email. We no longer use this one.`,
      "If this was you, there’s nothing to do. If not, undo the change: that also logs everyone out of your account.",
    ],
    buttonLabel: "Undo email change",
    closing: `The link expires in ${spanInWords(linkMs)}.`,
  };
}

export function emailChangeUndoneWords({ linkMs }: Link): ButtonMailWords {
  return {
    subject: "This is your email again",
    heading: "This is your email again",
    paragraphs: [
      (shop) => `The change was undone, and your account at ${shop} was logged out everywhere.`,
      "Someone was in your account and may know your password: choose a new one.",
    ],
    buttonLabel: NEW_PASSWORD,
    closing: `The link works once and expires in ${spanInWords(linkMs)}.`,
  };
}

interface NewLogin extends Link {
  device: string;
  address: string;
  /** The time in words. */
  at: string;
}

export function newLoginWords({ device, address, at, linkMs }: NewLogin): ButtonMailWords {
  return {
    subject: `New log-in from ${device}`,
    heading: "New log-in to your account",
    paragraphs: [
      `${device}, from ${address}, on ${at}.`,
      "This is the first log-in from this device. If it was you, there’s nothing to do.",
    ],
    buttonLabel: "This wasn’t me",
    closing: `The link logs you out everywhere and lets you choose a new password. It expires in ${spanInWords(linkMs)}.`,
  };
}

interface LockoutFacts extends Link {
  /** The time for which new devices have to wait. */
  waitMs: number;
  /** The tries that the link allows. */
  tries: number;
}

export const lockoutWords = {
  too_many_passwords: ({ waitMs, tries, linkMs }) => ({
    subject: "Too many wrong passwords",
    heading: "Too many wrong passwords",
    paragraphs: [
      (shop: string) =>
        `Someone entered too many wrong passwords for your account at ${shop}. New devices can’t log in for up to ${spanInWords(waitMs)}; devices that you have used before still can.`,
      `To log in on a new device, open this link there: it allows that device ${tries} more tries.`,
    ],
    buttonLabel: `Allow ${tries} more tries`,
    closing: `The link works once and expires in ${spanInWords(linkMs)}. If you forgot your password, choose a new one instead: that lets you in as well.`,
  }),
  too_many_log_ins: ({ waitMs, tries, linkMs }) => ({
    subject: "Too many log-ins",
    heading: "Too many log-ins",
    paragraphs: [
      (shop: string) =>
        `Your password was used for too many log-ins to your account at ${shop}. New devices can’t log in for up to ${spanInWords(waitMs)}. If this wasn’t you, someone knows your password: choose a new one. That lets you in as well.`,
      `To log in on a new device without waiting, open this link there: it allows that device ${tries} tries.`,
    ],
    buttonLabel: `Allow ${tries} more tries`,
    closing: `The link works once and expires in ${spanInWords(linkMs)}.`,
  }),
  too_many_codes: ({ waitMs, tries, linkMs }) => ({
    subject: "Too many wrong codes",
    heading: "Too many wrong codes",
    paragraphs: [
      (shop: string) =>
        `Someone entered too many wrong two-factor codes for your account at ${shop}. No more codes are accepted for up to ${spanInWords(waitMs)}. If this wasn’t you, they know your password: change it first.`,
      `Then open this link on the device that you want to log in on: it allows that device ${tries} more tries.`,
    ],
    buttonLabel: `Allow ${tries} more tries`,
    closing: `The link works once and expires in ${spanInWords(linkMs)}.`,
  }),
} satisfies Record<string, (facts: LockoutFacts) => ButtonMailWords>;

export function resetPasswordWords({ linkMs }: Link): ButtonMailWords {
  return {
    subject: NEW_PASSWORD,
    heading: NEW_PASSWORD,
    paragraphs: [(shop) => `You asked for a link to choose a new password for your account at ${shop}.`],
    buttonLabel: NEW_PASSWORD,
    closing: `The link works once and expires in ${spanInWords(linkMs)}. If you didn’t ask for it, you can ignore this email: nothing changes.`,
  };
}

/** Names that are listed in a mail, and the number of all of them. */
interface Named {
  names: readonly string[];
  total: number;
}

interface PasswordChange {
  /** True if the email was confirmed for the first time by it. */
  isFirstProof: boolean;
  passkeys: Named;
  products: Named;
}

/** `more`: what a new password does not remove, for a reset. */
export function passwordChangedWords(more: PasswordChange | null): ButtonMailWords {
  return {
    subject: "Your password was changed",
    heading: "Your password was changed",
    paragraphs: [
      (shop) => `Your password at ${shop} was changed, and your other devices were logged out.`,
      ...(more === null ? [] : whatStays(more)),
      "If this was you, there’s nothing to do. If not, choose another password right away: someone is in your account.",
    ],
    buttonLabel: "Choose another password",
  };
}

function whatStays({ isFirstProof, passkeys, products }: PasswordChange): MailText[] {
  return [
    ...(isFirstProof
      ? [
          "Your email is confirmed. Passkeys and an authenticator app that were set up before are removed, since someone else may have created this account with your email.",
        ]
      : []),
    ...(passkeys.total === 0
      ? []
      : [
          `These passkeys still log in to your account, under the names that were chosen when they were added. Remove those that aren’t yours: ${listed(passkeys)}.`,
        ]),
    ...(products.total === 0
      ? []
      : [`These products are in your account. Delete those that aren’t yours: ${listed(products)}.`]),
  ];
}

function listed({ names, total }: Named): string {
  const quoted = names.map((name) => `“${name}”`).join(", ");
  return total > names.length ? `${quoted}, and ${total - names.length} more` : quoted;
}

interface Deletion {
  day: string;
  /** True if the account stays longer than others, for its sales. */
  isKept: boolean;
}

export function deletionAskedWords({ day, isKept }: Deletion): ButtonMailWords {
  return {
    subject: `Your account will be deleted on ${day}`,
    heading: "Your account will be deleted",
    paragraphs: [
      `You asked for your account to be deleted. On ${day} it will be deleted for good, with your store and everything in it.`,
      ...(isKept ? ["It stays until 14 days after your last sale, so that your buyers can ask for a refund."] : []),
      "Until then nobody sees your products, and you can still log in. Changed your mind? Log in and choose Keep my account.",
    ],
    buttonLabel: "Keep my account",
    closing: "If this wasn’t you, log in, keep your account and choose a new password.",
  };
}

export function accountDeletedWords({ isStoreKept }: { isStoreKept: boolean }): MailWords {
  return {
    subject: "Your account is deleted",
    heading: "Your account has been deleted",
    paragraphs: [
      ...(isStoreKept
        ? [
            "Your account has been deleted, and your store is closed. This can’t be undone.",
            "The store’s orders stay: buyers keep what they bought, and bookkeeping needs them. Each keeps the seller’s name and address that its receipt has. The store itself no longer names you.",
          ]
        : ["Your account has been deleted, with your store and everything in it. This can’t be undone."]),
      "You’re welcome to create a new one at any time.",
    ],
  };
}
