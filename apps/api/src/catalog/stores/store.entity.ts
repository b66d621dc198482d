import { defineEntity, type InferEntity, p } from "@mikro-orm/core";
import { UserEntity } from "../../identity/users/user.entity.ts";

/** A seller's store. A user has at most one; customers have none. */
export const StoreEntity = defineEntity({
  name: "Store",
  tableName: "stores",
  properties: {
    id: p.string().length(36).primary(),
    owner: () => p.oneToOne(UserEntity).owner().deleteRule("cascade"),
    handle: p.string().length(80).unique(),
    name: p.string().length(240),
    createdAt: p.datetime(),
    /** How buyers pay outside of the shop, in the seller's words; empty: they can't. */
    payInstructions: p.text().default(""),
    /** The number of the store's next receipt. */
    nextNumber: p.integer().default(1),
  },
});

export type StoreRow = InferEntity<typeof StoreEntity>;
