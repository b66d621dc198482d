import type { EntityManager } from "../../platform/db/database.ts";
import { readRows } from "../../platform/db/read-rows.ts";

/** Time in which buyers can withdraw from a contract and ask for their money back. */
const CLAIMS_MS = 14 * 24 * 60 * 60_000;

/**
 * Returns the time until which a seller has to be there for the buyers of their last sale. Null: the user has sold
 * nothing. Free orders don't count: there is no money to give back.
 */
export async function findClaimsEnd(em: EntityManager, userId: string): Promise<Date | null> {
  const sql = `select o.paid_at as "paidAt" from orders o join stores s on s.id = o.store_id
    where s.owner_id = ? and o.paid_at is not null and o.total > 0 order by o.paid_at desc limit 1`;
  const [last] = await readRows<{ paidAt: Date }>(em, sql, [userId]);
  return last ? new Date(last.paidAt.getTime() + CLAIMS_MS) : null;
}
