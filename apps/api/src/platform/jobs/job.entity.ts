import { defineEntity, type InferEntity, p } from "@mikro-orm/core";

/** Work that is done after the transaction which asks for it. Deleted once it is done. */
export const JobEntity = defineEntity({
  name: "Job",
  tableName: "jobs",
  uniques: [{ properties: ["name", "key"] }],
  indexes: [{ properties: ["dueAt"] }],
  properties: {
    /** UUID version 7. */
    id: p.string().length(36).primary(),
    name: p.string().length(40),
    /** What the work is about: the id of a file, for example. */
    key: p.string().length(36),
    dueAt: p.datetime(),
    /** Until then a process is at work on it. */
    claimedUntil: p.datetime().nullable(),
    /** How often it was begun. */
    attempts: p.integer().default(0),
    lastError: p.text().nullable(),
    createdAt: p.datetime(),
  },
});

export type JobRow = InferEntity<typeof JobEntity>;
