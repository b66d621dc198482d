import type { PaidOrder } from "../test/paid-orders.ts";

/** The database that all processes of `deliveries.ts` share. */
export interface DeliveryPlace {
  folder: string;
  databaseUrl: string | null;
}

/** What a process is to hear of. */
export interface Task {
  orders: PaidOrder[];
  /** Moments after which it dies: one before and one after each of its statements. */
  dieAfter: number;
  seed: number;
  /** Time by which its clock is ahead, so that the sweep finds the orders due. */
  aheadMs: number;
}
