import type { MailState } from "@yumroad/contract";
import type { EntityManager } from "../../platform/db/database.ts";
import type { PageWanted } from "../../platform/http/paging.ts";
import { MailEntity, type MailRow } from "../../platform/mail/mail.entity.ts";
import { unclaimedAt } from "../../platform/mail/outbox.ts";
import { IN_TRAY } from "../../platform/mail/queries.ts";

/** The columns that an operator's answer is made of: neither the subject nor the body leaves the database. */
const FIELDS = [
  "id",
  "kind",
  "toAddress",
  "createdAt",
  "nextAttemptAt",
  "attempts",
  "claimedUntil",
  "sentAt",
  "givenUpAt",
  "lastError",
] as const;

export type ListedMail = Pick<MailRow, (typeof FIELDS)[number]>;

interface MailsWanted extends PageWanted {
  /** Left out: mails in all states. */
  state: MailState | undefined;
  now: Date;
}

/** Lists mails, the newest first. */
export function listMails(em: EntityManager, { state, now, afterId, limit }: MailsWanted): Promise<ListedMail[]> {
  return em.find(
    MailEntity,
    { ...(state && isInState(state, now)), ...(afterId !== null && { id: { $lt: afterId } }) },
    { fields: FIELDS, orderBy: { id: "desc" }, limit },
  );
}

export function findMail(em: EntityManager, id: string): Promise<ListedMail | null> {
  return em.findOne(MailEntity, { id }, { fields: FIELDS });
}

/** The condition of the mails that are in a state at a time. */
function isInState(state: MailState, now: Date) {
  const isWaiting = { sentAt: null, givenUpAt: null, nextAttemptAt: { $ne: null } };
  switch (state) {
    case "sent":
      return { sentAt: { $ne: null } };
    case "given_up":
      return { sentAt: null, givenUpAt: { $ne: null } };
    case "in_tray":
      return IN_TRAY;
    case "sending":
      return { ...isWaiting, claimedUntil: { $gt: now } };
    case "queued":
      return { ...isWaiting, ...unclaimedAt(now), attempts: 0 };
    case "failing":
      return { ...isWaiting, ...unclaimedAt(now), attempts: { $gt: 0 } };
  }
}
