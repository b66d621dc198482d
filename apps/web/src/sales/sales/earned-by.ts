import type { Money, SalesSum } from "@yumroad/contract";

/** What stays of a sum once refunds are taken off. It is below zero in a period with more refunds than sales. */
export function earnedBy({ gross, refunded }: SalesSum): Money {
  return { ...gross, amount: gross.amount - refunded.amount };
}
