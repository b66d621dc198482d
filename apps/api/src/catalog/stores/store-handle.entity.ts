import { defineEntity, p } from "@mikro-orm/core";
import { StoreEntity } from "./store.entity.ts";

/**
 * Every handle that a store has or had. The primary key is what keeps a handle from belonging to two stores, one by its
 * present and one by a former handle. The rows go with the store.
 */
export const StoreHandleEntity = defineEntity({
  name: "StoreHandle",
  tableName: "store_handles",
  indexes: [{ properties: ["store"] }],
  properties: {
    handle: p.string().length(80).primary(),
    store: () => p.manyToOne(StoreEntity).deleteRule("cascade"),
    /** Time at which the store took the handle for the first time. */
    createdAt: p.datetime(),
  },
});
