import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";
import { OrderRef } from "./orders.ts";
import { line, prose } from "./text.ts";
import { Timestamp } from "./timestamp.ts";
import { Email, PersonName } from "./user.ts";

/** A buyer's statement that they withdraw from a contract (Consumer Rights Directive, article 11a). */
export const WithdrawalInput = z.strictObject({
  name: PersonName,
  /** Where the receipt of the statement is confirmed. */
  contact: Email,
  /** The order's number as the buyer has it, or what they bought. */
  order: z._default(line({ field: "order_number", min: 0, max: 60 }), ""),
  statement: z._default(prose({ field: "statement", min: 0, max: 1000 }), ""),
});
export type WithdrawalInput = z.infer<typeof WithdrawalInput>;

/**
 * How a buyer's right of withdrawal stood when their statement arrived. It had ended:
 * - `access_begun`: they had agreed to lose it, the receipt that confirms this was sent, and they had opened the order
 * - `period_over`: its period was over
 *
 * It had not:
 * - `no_consent`: they have not agreed to lose it
 * - `receipt_not_sent`: they had, but the receipt that confirms this was not sent
 * - `not_opened`: they had, but they had not opened the order
 *
 * `not_paid`: there was nothing to give back.
 */
export const WithdrawalRight = z.enum([
  ...(["access_begun", "period_over", "no_consent", "receipt_not_sent", "not_opened", "not_paid"] as const),
]);
export type WithdrawalRight = z.infer<typeof WithdrawalRight>;

export const WithdrawalOutcome = z.enum(["handled", "declined"]);
export type WithdrawalOutcome = z.infer<typeof WithdrawalOutcome>;

/** A statement as the seller of its order sees it. */
export const Withdrawal = z.strictObject({
  /** Its public name: the buyer has it too. */
  ref: z.string(),
  name: z.string(),
  contact: z.string(),
  statement: z.string(),
  receivedAt: Timestamp,
  /** Time at which its receipt was confirmed by email; null: it was not. */
  acknowledgedAt: z.nullable(Timestamp),
  right: WithdrawalRight,
  /** Time at which the right had ended; null: it had not. */
  rightEndedAt: z.nullable(Timestamp),
  outcome: z.nullable(WithdrawalOutcome),
});
export type Withdrawal = z.infer<typeof Withdrawal>;

const ListOfSale = z.strictObject({ items: z.array(Withdrawal) });

export const withdrawalEndpoints = {
  make: endpoint({
    method: "POST",
    path: "/api/withdrawals",
    access: "anyone",
    summary:
      "Withdraw from a contract. Every statement is taken and confirmed by email; the answer does not say if there is such an order. `404` in a shop outside of the EU’s consumer law",
    body: WithdrawalInput,
    success: { status: 202, body: z.strictObject({ ref: z.string(), receivedAt: Timestamp }) },
    problems: ["not_found", "rate_limited"],
  }),

  listOfSale: endpoint({
    method: "GET",
    path: "/api/sales/:ref/withdrawals",
    access: "user",
    whose: "own",
    summary: "What buyers have stated about withdrawing from an order of one's own store, the newest 20 first",
    params: OrderRef,
    success: { status: 200, body: ListOfSale },
    problems: [],
  }),

  settle: endpoint({
    method: "POST",
    path: "/api/sales/:ref/withdrawals/:withdrawal",
    access: "user",
    whose: "own",
    summary: "Note what became of a statement: it was handled, or declined",
    params: z.extend(OrderRef, { withdrawal: OrderRef.shape.ref }),
    body: z.strictObject({ outcome: WithdrawalOutcome }),
    success: { status: 200, body: ListOfSale },
    limits: ["saleChanges"],
    problems: ["rate_limited"],
  }),
};
