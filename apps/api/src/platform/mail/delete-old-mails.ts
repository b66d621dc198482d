import type { EntityManager } from "../db/database.ts";
import { MailEntity } from "./mail.entity.ts";

/** Deletes mails that were enqueued before a moment and that no process is about to send. */
export async function deleteOldMails(em: EntityManager, before: Date): Promise<void> {
  await em.nativeDelete(MailEntity, { createdAt: { $lt: before }, nextAttemptAt: null });
}
