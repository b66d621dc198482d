import { defineEntity, p } from "@mikro-orm/core";
import type { Currency } from "@yumroad/contract";
import { StoreEntity } from "../../catalog/stores/store.entity.ts";

/**
 * Sums of a store's sales in a quarter of an hour. Every time zone is a multiple of a quarter of an hour away from UTC,
 * so days of any zone are sums of these rows. Written in the transactions that pay and refund orders.
 */
export const SalesQuarterEntity = defineEntity({
  name: "SalesQuarter",
  tableName: "sales_quarters",
  properties: {
    store: () => p.manyToOne(StoreEntity).primary(),
    currency: p.string().length(3).$type<Currency>().primary(),
    /** Seconds since 1970, divided by 900. */
    quarter: p.integer().primary(),
    orders: p.integer(),
    gross: p.bigint("number"),
    refunded: p.bigint("number"),
  },
});
