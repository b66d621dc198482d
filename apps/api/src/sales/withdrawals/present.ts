import type { Withdrawal } from "@yumroad/contract";
import type { WithdrawalRow } from "./withdrawal.entity.ts";

/** A statement as the seller of its order sees it. */
export function presentWithdrawal(row: WithdrawalRow): Withdrawal {
  return {
    ref: row.ref,
    name: row.name,
    contact: row.contact,
    statement: row.statement,
    receivedAt: row.receivedAt.toISOString(),
    acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    right: row.rightState ?? "not_paid",
    rightEndedAt: row.rightEndedAt?.toISOString() ?? null,
    outcome: row.outcome ?? null,
  };
}
