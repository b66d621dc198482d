import { defineEntity, p } from "@mikro-orm/core";
import type { ActivityKind } from "@yumroad/contract";
import { UserEntity } from "../users/user.entity.ts";

/** Something that happened to an account: a security event, as its owner may read it. */
export const ActivityEntity = defineEntity({
  name: "Activity",
  tableName: "activity",
  indexes: [
    { properties: ["user", "id"] },
    // How many of one kind there were in a day.
    { properties: ["user", "kind", "at"] },
  ],
  properties: {
    /** UUID version 7: ids in order are events in the order in which they happened. */
    id: p.string().length(36).primary(),
    user: () => p.manyToOne(UserEntity).deleteRule("cascade"),
    kind: p.string().length(40).$type<ActivityKind>(),
    at: p.datetime().index(),
    /** In words, and shortened: see `http/session.ts`. Empty where no browser was involved. */
    device: p.string().length(40),
    address: p.string().length(40),
  },
});
