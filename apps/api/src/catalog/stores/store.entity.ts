import { defineEntity, p } from "@mikro-orm/core";
import { UserEntity } from "../../identity/users/user.entity.ts";

/** A user's store. Each user has exactly one. */
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
