import type { MailState } from "@yumroad/contract";
import type { EntityManager } from "../../platform/db/database.ts";
import type { PageWanted } from "../../platform/http/paging.ts";
import { MailEntity, type MailRow } from "../../platform/mail/mail.entity.ts";
import { isInState } from "./mail-state.ts";

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
