import type { AccountExtension } from "../identity/users/account-extension.ts";
import type { Database } from "../platform/db/database.ts";
import { exportOrders } from "./sales/export-orders.ts";
import { keepStoreWithOrders } from "./sales/keep-store-with-orders.ts";

/** What sales do when an account is deleted, and their part in its data export. */
export function createSalesExtension(database: Database): AccountExtension {
  return {
    describe: async () => null,
    async closed() {},
    async reopened() {},
    deleting: keepStoreWithOrders,
    async deleted() {},
    exported: async (_em, userId) => ({
      "orders.json": exportOrders(database, { buyerId: userId }),
      "sales.json": exportOrders(database, { sellerId: userId }),
    }),
    named: async () => ({ names: [], total: 0 }),
  };
}
