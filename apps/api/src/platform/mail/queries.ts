import type { EntityManager } from "../db/database.ts";
import type { PageWanted } from "../http/paging.ts";
import { MailEntity, type MailRow } from "./mail.entity.ts";

export type ListedMail = Pick<MailRow, "id" | "toAddress" | "subject" | "createdAt">;

/** Returns the mails in the mail tray, newest first. */
export function listInTray(em: EntityManager, { afterId, limit }: PageWanted): Promise<ListedMail[]> {
  return em.find(
    MailEntity,
    { ...IN_TRAY, ...(afterId !== null && { id: { $lt: afterId } }) },
    { fields: ["id", "toAddress", "subject", "createdAt"], orderBy: { id: "desc" }, limit },
  );
}

export function findInTray(em: EntityManager, id: string): Promise<MailRow | null> {
  return em.findOne(MailEntity, { id, ...IN_TRAY });
}

/** Excludes mails that were sent, were given up or wait to be sent: only their recipient may see their links. */
export const IN_TRAY = { nextAttemptAt: null, sentAt: null, givenUpAt: null };
