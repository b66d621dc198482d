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
  },
});

export type StoreRow = InferEntity<typeof StoreEntity>;
