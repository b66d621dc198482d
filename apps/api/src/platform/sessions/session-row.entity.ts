import { defineEntity, p } from "@mikro-orm/core";

/** A session in the embedded store. */
export const SessionRowEntity = defineEntity({
  name: "SessionRow",
  tableName: "sessions",
  properties: {
    id: p.string().length(64).primary(),
    userId: p.string().length(36).index(),
    record: p.text(),
    /** Milliseconds since 1970. The sweep deletes rows whose time has passed. */
    expiresAt: p.bigint("number").index(),
  },
});
