import type { StrayWithdrawal } from "@yumroad/contract";
import type { WithdrawalRow } from "../../sales/withdrawals/withdrawal.entity.ts";

/** A statement whose order is not found, as the operator sees it: only its sender can say what they have bought. */
export function presentStrayWithdrawal(row: WithdrawalRow): StrayWithdrawal {
  const { ref, name, contact, statedOrder, statement, receivedAt, acknowledgedAt } = row;
  return {
    ...{ ref, name, contact, statedOrder, statement },
    receivedAt: receivedAt.toISOString(),
    acknowledgedAt: acknowledgedAt?.toISOString() ?? null,
  };
}
