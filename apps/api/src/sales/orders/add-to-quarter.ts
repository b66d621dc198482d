import type { EntityManager } from "../../platform/db/database.ts";
import type { OrderInFull } from "./queries.ts";

interface QuarterAmounts {
  /** Time of the payment or refund, in milliseconds since 1970. */
  at: number;
  orders: number;
  gross: number;
  refunded: number;
}

const QUARTER_MS = 15 * 60_000;

/** The quarter of an hour that a time is in, counted from 1970. */
export function quarterOf(at: number): number {
  return Math.floor(at / QUARTER_MS);
}

/** Adds to the sums of a store's sales in the quarter of an hour of `at`, in the transaction of `em`. */
export async function addToQuarter(
  em: EntityManager,
  { storeId, currency }: Pick<OrderInFull, "storeId" | "currency">,
  { at, orders, gross, refunded }: QuarterAmounts,
): Promise<void> {
  await em.execute(
    `insert into sales_quarters (store_id, currency, quarter, orders, gross, refunded) values (?, ?, ?, ?, ?, ?)
     on conflict (store_id, currency, quarter) do update set
       orders = sales_quarters.orders + excluded.orders,
       gross = sales_quarters.gross + excluded.gross,
       refunded = sales_quarters.refunded + excluded.refunded`,
    [storeId, currency, quarterOf(at), orders, gross, refunded],
  );
}
