import { defineEntity, type InferEntity, p } from "@mikro-orm/core";

/** A mail of the outbox, kept from the transaction that enqueues it until `deleteOldMails` deletes it. */
export const MailEntity = defineEntity({
  name: "Mail",
  tableName: "mails",
  // What is due, in the order in which it is sent. Most rows are of mails that were sent: they are not in it.
  indexes: [
    {
      name: "mails_due_index",
      properties: ["lane", "nextAttemptAt", "id"],
      where: { nextAttemptAt: { $ne: null } },
    },
  ],
  properties: {
    /** UUID version 7, so sorting by id sorts by time of creation. */
    id: p.string().length(36).primary(),
    kind: p.string().length(40),
    /** Place of the kind's lane in `mailLanes`: lower ones are sent first. */
    lane: p.smallint().default(0),
    toAddress: p.string().length(254),
    subject: p.string().length(200),
    /**
     * Encrypted by a sealed box, since it contains links that open accounts. Emptied once the mail was sent, or a while
     * after it was given up.
     */
    body: p.text(),
    /** The same at each attempt, so that recipients' systems can recognise a duplicate. */
    messageId: p.string().length(320),
    createdAt: p.datetime().index(),
    /** Time of the next attempt. Null: the mail was sent or given up, or it stays in the mail tray. */
    nextAttemptAt: p.datetime().nullable(),
    attempts: p.integer().default(0),
    /** Time until which a process has claimed the mail for sending. Null: no process has. */
    claimedUntil: p.datetime().nullable(),
    sentAt: p.datetime().nullable(),
    givenUpAt: p.datetime().nullable(),
    lastError: p.string().length(500).nullable(),
  },
});

export type MailRow = InferEntity<typeof MailEntity>;
