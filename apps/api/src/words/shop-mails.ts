import { type ButtonMailWords, spanInWords } from "./mail-words.ts";

export function testMailWords({ linkMs }: { linkMs: number }): ButtonMailWords {
  return {
    subject: "Test email",
    heading: "Your shop can send email",
    paragraphs: [
      (shop) => `This is a test email from ${shop}. It shows that the email settings of the shop work.`,
      "Confirm that you got it: from then on the shop can take money.",
    ],
    buttonLabel: "Confirm that email works",
    closing: `You get it because you asked for it in the shop settings. The link works once and expires in ${spanInWords(linkMs)}.`,
  };
}

/** `added`: the new operator's name and email; null: the reader may be a stranger, who is not told. */
export function operatorAddedWords({
  added,
  day,
}: {
  added: { name: string; email: string } | null;
  day: string;
}): ButtonMailWords {
  const who = added === null ? "Someone" : `${added.name}, ${added.email},`;
  return {
    subject: "Your shop has a new operator",
    heading: "Your shop has a new operator",
    paragraphs: [
      (shop) => `${who} became an operator of ${shop} on ${day}. Operators can do everything in the shop that you can.`,
      "If you know about it, there’s nothing to do. If not, disable that account, and find out who else can read the server’s output or run its commands.",
    ],
    buttonLabel: "See who has an account",
  };
}

export function payInstructionsChangedWords(): ButtonMailWords {
  return {
    subject: "How buyers pay you has changed",
    heading: "How buyers pay you has changed",
    paragraphs: [
      (shop) => `From now on, buyers of your store at ${shop} see new payment details.`,
      "If this was you, there’s nothing to do. If not, someone is in your account: choose a new password right away, which logs everyone out, and correct your payment details.",
    ],
    buttonLabel: "See your payment details",
  };
}

const takeDowns = {
  product_taken_down: {
    subject: "Your product was taken down",
    did: "The shop owner has taken down your product",
    meaning: "Nobody else can see it, and it can’t be published. You can still edit or delete it.",
    buttonLabel: "See your products",
  },
  product_put_back: {
    subject: "Your product is back",
    did: "The shop owner has put back your product",
    meaning: "If it was published before, it is again. Otherwise you can publish it.",
    buttonLabel: "See your products",
  },
  store_taken_down: {
    subject: "Your store was taken down",
    did: "The shop owner has taken down your store",
    meaning: "Nobody else can see its page or its products, and nothing in it can be published.",
    buttonLabel: "See your store’s settings",
  },
  store_put_back: {
    subject: "Your store is back",
    did: "The shop owner has put back your store",
    meaning: "Its page is public again, with the products that were published before.",
    buttonLabel: "See your store’s settings",
  },
} as const;

export type TakeDownKind = keyof typeof takeDowns;

interface TakeDown {
  kind: TakeDownKind;
  /** The name that the owner gave to it; null: the reader may be a stranger, who is not told. */
  name: string | null;
  /** The operator's reason; null: it was put back. */
  reason: string | null;
}

export function takeDownWords({ kind, name, reason }: TakeDown): ButtonMailWords {
  const { subject, did, meaning, buttonLabel } = takeDowns[kind];
  const named = name === null ? "" : ` “${name}”`;
  return {
    subject,
    heading: subject,
    paragraphs: [`${did}${named}. ${meaning}`, ...(reason === null ? [] : `Reason: ${reason}`.split(/\n+/))],
    buttonLabel,
  };
}
