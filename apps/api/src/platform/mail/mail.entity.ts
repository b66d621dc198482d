import { defineEntity, type InferEntity, p } from "@mikro-orm/core";

/** A mail that something caused, from the transaction that caused it until a while after it was sent. */
export const MailEntity = defineEntity({
  name: "Mail",
  tableName: "mails",
  properties: {
    /** UUID version 7: ids in order are mails in the order in which they were caused. */
    id: p.string().length(36).primary(),
    kind: p.string().length(40),
    toAddress: p.string().length(254),
    subject: p.string().length(200),
    /** Sealed, since it holds links that open accounts. Empty once nobody needs it any more. */
    body: p.text(),
    /** The same at each attempt, so that one which arrives twice can be told. */
    messageId: p.string().length(320),
    createdAt: p.datetime().index(),
    /** When it is due. Null: it was sent or given up, or it stays in the tray. */
    nextAttemptAt: p.datetime().nullable().index(),
    attempts: p.integer().default(0),
    /** Until when the process that is sending it has it for itself. */
    claimedUntil: p.datetime().nullable(),
    sentAt: p.datetime().nullable(),
    givenUpAt: p.datetime().nullable(),
    lastError: p.string().length(500).nullable(),
  },
});

export type MailRow = InferEntity<typeof MailEntity>;
