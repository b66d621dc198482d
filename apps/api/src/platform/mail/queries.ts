import type { EntityManager } from "../db/database.ts";
import type { PageWanted } from "../http/paging.ts";
import { MailEntity, type MailRow } from "./mail.entity.ts";

export type ListedMail = Pick<MailRow, "id" | "toAddress" | "subject" | "createdAt">;

/** Mails in the tray, newest first. */
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

/** Excludes mails that were sent or wait to be: their links are for their reader alone. */
const IN_TRAY = { nextAttemptAt: null, sentAt: null, givenUpAt: null };
