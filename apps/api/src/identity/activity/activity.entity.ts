import { defineEntity, p } from "@mikro-orm/core";
import type { ActivityKind } from "@yumroad/contract";
import { UserEntity } from "../users/user.entity.ts";

/** A security event of an account. The account's owner can read it. */
export const ActivityEntity = defineEntity({
  name: "Activity",
  tableName: "activity",
  indexes: [
    { properties: ["user", "id"] },
    // Used to count an account's events of one kind within a day (`limits.activityOfKind`).
    { properties: ["user", "kind", "at"] },
  ],
  properties: {
    /** UUID version 7: sorting by id sorts by time. */
    id: p.string().length(36).primary(),
    user: () => p.manyToOne(UserEntity).deleteRule("cascade"),
    kind: p.string().length(40).$type<ActivityKind>(),
    at: p.datetime().index(),
    /**
     * Label of the browser, and shortened IP address (`platform/http/client-info.ts`). Both are empty if no browser was
     * involved.
     */
    device: p.string().length(40),
    address: p.string().length(40),
  },
});
