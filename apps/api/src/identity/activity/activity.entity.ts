import { defineEntity, p } from "@mikro-orm/core";
import type { ActivityKind } from "@yumroad/contract";
import { UserEntity } from "../users/user.entity.ts";

/** A security event of an account, readable by its owner. */
export const ActivityEntity = defineEntity({
  name: "Activity",
  tableName: "activity",
  indexes: [
    { properties: ["user", "id"] },
    // For counting events of one kind in a day.
    { properties: ["user", "kind", "at"] },
  ],
  properties: {
    /** UUID version 7: sorting by id sorts by time. */
    id: p.string().length(36).primary(),
    user: () => p.manyToOne(UserEntity).deleteRule("cascade"),
    kind: p.string().length(40).$type<ActivityKind>(),
    at: p.datetime().index(),
    /** The browser in words and the shortened address: see `http/session.ts`. Empty where no browser was involved. */
    device: p.string().length(40),
    address: p.string().length(40),
  },
});
