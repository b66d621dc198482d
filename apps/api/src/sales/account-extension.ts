import type { AccountExtension } from "../identity/users/account-extension.ts";
import type { Database } from "../platform/db/database.ts";
import { exportDiscounts } from "./discounts/export-discounts.ts";
import { exportOrders } from "./sales/export-orders.ts";
import { findClaimsEnd } from "./sales/find-claims-end.ts";
import { keepStoreWithOrders } from "./sales/keep-store-with-orders.ts";
import { exportWithdrawals } from "./withdrawals/export-withdrawals.ts";

/**
 * Keeps orders when an account is deleted, and the account while its sales are new; adds
 * orders, withdrawals and discount codes to its data export.
 */
export function createSalesExtension(
  database: Database,
): Pick<AccountExtension, "keptUntil" | "deleting" | "exported"> {
  return {
    keptUntil: findClaimsEnd,
    deleting: keepStoreWithOrders,
    exported: async (_em, userId) => ({
      "orders.json": exportOrders(database, { buyerId: userId }),
      "sales.json": exportOrders(database, { sellerId: userId }),
      "discounts.json": exportDiscounts(database, userId),
      "withdrawals.json": exportWithdrawals(database, { buyerId: userId }),
      "withdrawals-of-sales.json": exportWithdrawals(database, { sellerId: userId }),
    }),
  };
}
