import { type ButtonMailWords, type MailWords, spanInWords } from "./mail-words.ts";

/** Labels with their amounts. */
type Rows = readonly (readonly [label: string, amount: string])[];

interface Item {
  name: string;
  /** The amount of money in words. */
  amount: string;
}

/** An order as mails to its buyer repeat it. */
export interface OrderOfMail {
  ref: string;
  items: readonly Item[];
  /** What a discount takes off; null: there is none. */
  discount: string | null;
  total: string;
  sellerName: string;
  sellerAddress: string;
  sellerContact: string;
  /** Who sells in the seller's place; null: the seller does. */
  merchantOfRecord: string | null;
  email: string;
}

const ofOrder = ({ items }: Pick<OrderOfMail, "items">) =>
  items.length === 1 && items[0] ? `“${items[0].name}”` : "your order";

const rowsOf = ({ items, discount, total }: OrderOfMail): Rows => [
  ...items.map(({ name, amount }) => [name, amount] as const),
  ...(discount === null ? [] : [["Discount", discount] as const]),
  ["Total", total],
];

/** The seller and the buyer, for the small print. */
const partiesOf = ({ sellerName, sellerAddress, sellerContact, merchantOfRecord, email }: OrderOfMail): string[] => [
  `Sold by ${[sellerName, sellerAddress, sellerContact].filter(Boolean).join("\n")}`,
  ...(merchantOfRecord === null
    ? []
    : [`Sold through ${merchantOfRecord}, the merchant of record, which sends you the invoice.`]),
  `Sold to ${email}`,
];

interface Receipt extends OrderOfMail {
  day: string;
  isFree: boolean;
  /** Null: the order has none. */
  number: number | null;
  consentText: string | null;
}

export function receiptWords(order: Receipt): ButtonMailWords {
  const { ref, day, isFree, number, consentText } = order;
  return {
    subject: `Your receipt for ${ofOrder(order)}`,
    heading: isFree ? "Here is your product" : "Thank you for your order",
    paragraphs: [`Order ${ref}, ${day}.`],
    rows: rowsOf(order),
    buttonLabel: "Open your order",
    notes: [
      ...(number === null || isFree ? [] : [`Receipt number ${number}`]),
      ...partiesOf(order),
      ...(consentText === null ? [] : [`You agreed: “${consentText}”`]),
    ],
    closing: "Keep this email: its link opens your order at any time.",
  };
}

export function howToPayWords(order: OrderOfMail & { payInstructions: string }): ButtonMailWords {
  return {
    subject: `How to pay for ${ofOrder(order)}`,
    heading: "How to pay",
    paragraphs: [
      "The seller asks you to pay like this:",
      order.payInstructions,
      `Add the reference ${order.ref} to your payment, so that the seller can find your order. We’ll email you once they have your money.`,
    ],
    rows: rowsOf(order),
    buttonLabel: "Open your order",
    notes: partiesOf(order),
    closing: "If you didn’t order this, you can ignore this email.",
  };
}

interface Sale {
  buyerEmail: string;
  items: readonly Item[];
  /** What a discount takes off; null: there is none. */
  discount: string | null;
  total: string;
  isFree: boolean;
  /** No more notices of free orders follow today. */
  isLastOfDay: boolean;
}

const SUBJECT_MAX_LENGTH = 200;

export function saleWords({ buyerEmail, items, discount, total, isFree, isLastOfDay }: Sale): ButtonMailWords {
  return {
    subject: `You sold ${items.map(({ name }) => `“${name}”`).join(", ")}`.slice(0, SUBJECT_MAX_LENGTH),
    heading: isFree ? "Someone got your free product" : `You made a sale: ${total}`,
    paragraphs: [
      `${buyerEmail} has what they bought.`,
      ...(isLastOfDay
        ? ["You have many free orders today. We won’t email you about more of them until tomorrow."]
        : []),
    ],
    rows: [
      ...items.map(({ name, amount }) => [name, amount] as const),
      ...(discount === null ? [] : [["Discount", discount] as const]),
    ],
    buttonLabel: "View sale",
  };
}

interface PaymentTrouble {
  kind: "paid_twice" | "amount_differs";
  ref: string;
  buyerEmail: string;
  total: string;
  paid: string;
}

export function paymentTroubleWords({ kind, ref, buyerEmail, total, paid }: PaymentTrouble): ButtonMailWords {
  const isTwice = kind === "paid_twice";
  const subject = isTwice ? "An order was paid twice" : "A payment differs from its order";
  return {
    subject,
    heading: subject,
    paragraphs: [
      isTwice
        ? `${buyerEmail} paid order ${ref} again: ${paid}. They got what they bought once.`
        : `${buyerEmail} paid ${paid} for order ${ref}, which costs ${total}. They haven’t got anything.`,
      "Refund the payment on the page of the sale.",
    ],
    rows: [
      ["Order", total],
      ["Extra payment", paid],
    ],
    buttonLabel: "View sale",
  };
}

export function orderEmailChangedWords({ ref, linkMs }: { ref: string; linkMs: number }): ButtonMailWords {
  return {
    subject: "The email of your order was changed",
    heading: "The email of your order was changed",
    paragraphs: [`Order ${ref} now has another email. Links that we emailed to you no longer open it.`],
    buttonLabel: "Undo the change",
    closing: `If it was you, you can ignore this email. The link works for ${spanInWords(linkMs)}.`,
  };
}

const refundOutcomes = {
  nothing_delivered: "Your payment differed from the price, so nothing was delivered. You can order again.",
  access_ended: "Your access to what you bought has ended.",
  access_kept: "You keep your access to what you bought.",
  extra_payment: "You had paid more than once. You keep your access to what you bought.",
} as const;

/** The meaning of a refund for the buyer. */
export type RefundOutcome = keyof typeof refundOutcomes;

interface Refund {
  ref: string;
  sellerName: string;
  amount: string;
  outcome: RefundOutcome;
}

export function refundWords({ ref, sellerName, amount, outcome }: Refund): MailWords {
  return {
    subject: `Your refund of ${amount}`,
    heading: `You’ll get ${amount} back`,
    paragraphs: [`The seller of order ${ref}, “${sellerName}”, refunded ${amount}.`, refundOutcomes[outcome]],
  };
}

interface RefundFailed {
  ref: string;
  buyerEmail: string;
  amount: string;
}

export function refundFailedWords({ ref, buyerEmail, amount }: RefundFailed): ButtonMailWords {
  return {
    subject: `A refund of ${amount} failed`,
    heading: `A refund of ${amount} failed`,
    paragraphs: [
      `The bank of ${buyerEmail} didn’t take the refund of order ${ref}. The money is back in your account, and the buyer has their access as before.`,
      "Agree with the buyer on another way to pay it back.",
    ],
    buttonLabel: "Open the sale",
  };
}

interface Purchases {
  count: number;
  /** The number of orders that the link opens at most. */
  most: number;
  linkMs: number;
}

export function purchasesWords({ count, most, linkMs }: Purchases): ButtonMailWords {
  return {
    subject: "Your purchases",
    heading: "Your purchases",
    paragraphs: [whatOpens(count, most)],
    buttonLabel: "Open your purchases",
    closing: `The link works once and expires in ${spanInWords(linkMs)}. If you didn’t ask for it, you can ignore this email.`,
  };
}

function whatOpens(count: number, most: number): string {
  if (count === 1) return "The link opens your order.";
  if (count <= most) return `The link opens your ${count} orders.`;
  return `The link opens ${most} of your ${count} orders, paid ones first. An account with this email shows all of them.`;
}
