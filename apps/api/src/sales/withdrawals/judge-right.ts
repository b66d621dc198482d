import type { WithdrawalRight } from "@yumroad/contract";

const DAY_MS = 24 * 60 * 60_000;

/**
 * The period of 14 days: the day of the purchase does not count, and the last one runs to its end, wherever the buyer
 * is. So it is rounded up.
 */
const PERIOD_MS = 15 * DAY_MS;

export interface FactsOfRight {
  /** Time at which the order was paid; null: it was not. */
  paidAt: Date | null;
  /** Time at which the buyer agreed to lose the right; null: they did not. */
  consentAt: Date | null;
  /** Time at which the receipt was sent, which repeats what they agreed to; null: it was not. */
  receiptSentAt: Date | null;
  /** Time at which they first saw what they bought; null: they did not. */
  openedAt: Date | null;
}

export interface JudgedRight {
  right: WithdrawalRight;
  endedAt: Date | null;
}

/**
 * How a buyer's right of withdrawal stood at a moment. The right in digital content ends early only with all three:
 * consent, a confirmation of it by email, and access (Consumer Rights Directive, article 16(m)). What happens after the
 * moment does not count.
 */
export function judgeRight({ paidAt, consentAt, receiptSentAt, openedAt }: FactsOfRight, moment: Date): JudgedRight {
  if (paidAt === null || paidAt > moment) return { right: "not_paid", endedAt: null };
  const isBefore = (at: Date | null): at is Date => at !== null && at <= moment;
  if (consentAt !== null && isBefore(receiptSentAt) && isBefore(openedAt)) {
    return { right: "access_begun", endedAt: receiptSentAt > openedAt ? receiptSentAt : openedAt };
  }
  const periodEndsAt = new Date(paidAt.getTime() + PERIOD_MS);
  if (periodEndsAt <= moment) return { right: "period_over", endedAt: periodEndsAt };
  if (consentAt === null) return { right: "no_consent", endedAt: null };
  return { right: isBefore(receiptSentAt) ? "not_opened" : "receipt_not_sent", endedAt: null };
}
