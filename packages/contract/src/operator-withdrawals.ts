import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";
import { PageQuery, page } from "./paging.ts";
import { Timestamp } from "./timestamp.ts";
import { Withdrawal } from "./withdrawals.ts";

/** A statement of withdrawal for which no order was found: its number or its email is another one. */
export const StrayWithdrawal = z.strictObject({
  ref: Withdrawal.shape.ref,
  name: Withdrawal.shape.name,
  contact: Withdrawal.shape.contact,
  /** The order as its sender has named it; empty: not at all. */
  statedOrder: z.string(),
  statement: Withdrawal.shape.statement,
  receivedAt: Timestamp,
  acknowledgedAt: Withdrawal.shape.acknowledgedAt,
});
export type StrayWithdrawal = z.infer<typeof StrayWithdrawal>;

export const operatorWithdrawalEndpoints = {
  listWithdrawals: endpoint({
    method: "GET",
    path: "/api/operator/withdrawals",
    access: "operator",
    summary:
      "Statements of withdrawal for which no order was found, newest first. Statements about an order are its seller’s",
    query: PageQuery,
    success: { status: 200, body: page(StrayWithdrawal) },
    problems: [],
  }),
};
