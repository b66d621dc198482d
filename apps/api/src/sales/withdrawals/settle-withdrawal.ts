import type { WithdrawalOutcome } from "@yumroad/contract";
import type { Context } from "../../platform/http/context.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import type { SaleRow } from "../sales/queries.ts";
import { WithdrawalEntity } from "./withdrawal.entity.ts";

interface SettleInput {
  sale: Owned<SaleRow>;
  ref: string;
  outcome: WithdrawalOutcome;
}

/** Notes what became of a statement about an order. False: there is no such statement. */
export async function settleWithdrawal(
  { em, clock }: Pick<Context, "em" | "clock">,
  { sale, ref, outcome }: SettleInput,
): Promise<boolean> {
  const settled = { outcome, settledAt: new Date(clock.now()) };
  return (await em.nativeUpdate(WithdrawalEntity, { ref, order: sale.id }, settled)) === 1;
}
