import type { EntityManager } from "../../platform/db/database.ts";
import type { PageWanted } from "../../platform/http/paging.ts";
import { WithdrawalEntity, type WithdrawalRow } from "../../sales/withdrawals/withdrawal.entity.ts";

/** Statements for which an order was looked for and not found, the newest first. */
export function listStrayWithdrawals(em: EntityManager, { afterId, limit }: PageWanted): Promise<WithdrawalRow[]> {
  const isStray = { order: null, answeredAt: { $ne: null }, ...(afterId !== null && { id: { $lt: afterId } }) };
  return em.find(WithdrawalEntity, isStray, { orderBy: { id: "desc" }, limit });
}
