import type { PaidOrder } from "../test/paid-orders.ts";

/** The database that all processes of `deliveries.ts` share. */
export interface DeliveryPlace {
  folder: string;
  databaseUrl: string | null;
}

/** The work of one process: the payments of which it gets a webhook, and the moment at which it dies. */
export interface Task {
  orders: PaidOrder[];
  /** Moments after which it dies: one before and one after each of its statements. */
  dieAfter: number;
  seed: number;
  /** Time by which its clock is ahead, so that the sweep finds the orders due. */
  aheadMs: number;
}
