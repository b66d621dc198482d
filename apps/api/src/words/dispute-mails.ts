import type { ButtonMailWords } from "./mail-words.ts";

interface DisputeFacts {
  ref: string;
  buyerEmail: string;
  amount: string;
  outcome: "opened" | "won" | "lost";
  /** Time until which the seller can answer; null: not at all. */
  answerBy: Date | null;
  /** True: the dispute has ended the buyer's access. */
  hasEndedAccess: boolean;
}

export function disputeWords({ buyerEmail, amount, outcome, ...facts }: DisputeFacts): ButtonMailWords {
  const heading = {
    opened: `${buyerEmail} disputes a payment of ${amount}`,
    won: `You won the dispute about ${amount}`,
    lost: `You lost the dispute about ${amount}`,
  }[outcome];
  return {
    subject: heading,
    heading,
    paragraphs: disputeParagraphs({ ...facts, outcome }),
    buttonLabel: "Open the sale",
  };
}

function disputeParagraphs({
  ref,
  outcome,
  answerBy,
  hasEndedAccess,
}: Omit<DisputeFacts, "buyerEmail" | "amount">): string[] {
  if (outcome === "won") return [`The money of order ${ref} is yours again.`];
  if (outcome === "lost") return [`The bank gave the money of order ${ref} back to the buyer.`];
  return [
    `The buyer of order ${ref} asked their bank for the money back. ${hasEndedAccess ? "Their access has ended; they get it back if you win." : "They keep their access until you end it."}`,
    answerBy
      ? `Answer in your Stripe dashboard by ${answerBy.toISOString().slice(0, 10)}. The page of the sale has what you need: what the buyer agreed to, the emails and when they opened the order.`
      : "There is nothing that you have to do.",
  ];
}
