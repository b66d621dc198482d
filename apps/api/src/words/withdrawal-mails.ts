import type { ButtonMailWords, MailWords } from "./mail-words.ts";

interface StatementFacts {
  /** Its public name. */
  ref: string;
  name: string;
  contact: string;
  /** The order as the buyer has named it. */
  statedOrder: string;
  statement: string;
  receivedAt: Date;
}

/** Date and time with their zone: "7 December 2026 at 14:05 UTC". */
function timeInWords(at: Date): string {
  return `${at.toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" })} UTC`;
}

const rowsOf = ({ ref, name, contact, statedOrder, receivedAt }: StatementFacts, order: string) =>
  [
    ["Received", timeInWords(receivedAt)],
    ["Name", name],
    ["Order", order || statedOrder || "not given"],
    ["Email", contact],
    ["Reference", ref],
  ] as const;

/**
 * The confirmation of a statement, with its content, date and time. Anybody can enter any email: the words of a statement
 * are repeated only to who knows the order's number as well, and lines that anybody can choose are short.
 */
export function acknowledgementWords({
  order,
  ...facts
}: StatementFacts & {
  /** The number of the order that was found; null: none was. */
  order: string | null;
}): MailWords {
  const isRepeated = order !== null && facts.statement !== "";
  return {
    subject: "We received your withdrawal",
    heading: "We received your withdrawal",
    paragraphs: [
      "You told us that you withdraw from your contract:",
      ...(isRepeated ? [`“${facts.statement}”`] : []),
      "The seller will get back to you.",
    ],
    rows: rowsOf(facts, order ?? ""),
    closing: "Keep this email. If you didn’t send us this, you can ignore it.",
  };
}

interface Notice {
  ref: string;
  buyerEmail: string;
  receivedAt: Date;
}

export function withdrawalNoticeWords({ ref, buyerEmail, receivedAt }: Notice): ButtonMailWords {
  return {
    subject: `A buyer withdraws from order ${ref}`,
    heading: `A buyer withdraws from order ${ref}`,
    paragraphs: [
      `${buyerEmail} told us so on ${timeInWords(receivedAt)}. We confirmed to them that it arrived.`,
      "The page of the sale says whether they still had the right to, and lets you refund the order. If they had, you have 14 days from then.",
    ],
    buttonLabel: "Open the sale",
  };
}

export function strayWithdrawalWords(facts: StatementFacts): MailWords {
  return {
    subject: "A withdrawal without an order",
    heading: "A withdrawal without an order",
    paragraphs: [
      "Somebody withdraws from a contract, and we found no order with this number and email. Look for it in your sales, or ask them.",
      ...(facts.statement === "" ? [] : [`“${facts.statement}”`]),
    ],
    rows: rowsOf(facts, ""),
  };
}
