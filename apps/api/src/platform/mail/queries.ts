import type { EntityManager } from "../db/database.ts";
import type { PageWanted } from "../http/paging.ts";
import { MailEntity, type MailRow } from "./mail.entity.ts";

export type ListedMail = Pick<MailRow, "id" | "toAddress" | "subject" | "createdAt">;

/** Mails that stay where they are, the newest first. */
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

/** Not one that was sent, or waits to be: its links are for its reader alone. */
const IN_TRAY = { nextAttemptAt: null, sentAt: null, givenUpAt: null };
