import { defineEntity, type InferEntity, p } from "@mikro-orm/core";

/** A mail of the outbox, from the transaction that enqueues it until some time after it was sent. */
export const MailEntity = defineEntity({
  name: "Mail",
  tableName: "mails",
  properties: {
    /** UUID version 7: sorting by id sorts by creation. */
    id: p.string().length(36).primary(),
    kind: p.string().length(40),
    toAddress: p.string().length(254),
    subject: p.string().length(200),
    /** Sealed, since it contains links that open accounts. Empty once it is no longer needed. */
    body: p.text(),
    /** The same at each attempt, so that a duplicate can be recognised. */
    messageId: p.string().length(320),
    createdAt: p.datetime().index(),
    /** Time of the next attempt. Null: it was sent or given up, or it stays in the tray. */
    nextAttemptAt: p.datetime().nullable().index(),
    attempts: p.integer().default(0),
    /** Time until which a process has claimed it for sending. */
    claimedUntil: p.datetime().nullable(),
    sentAt: p.datetime().nullable(),
    givenUpAt: p.datetime().nullable(),
    lastError: p.string().length(500).nullable(),
  },
});

export type MailRow = InferEntity<typeof MailEntity>;
