import type { EntityManager } from "../db/database.ts";
import { MailEntity } from "./mail.entity.ts";

/** Deletes the mails that were enqueued before a time and have no further attempt scheduled. */
export async function deleteOldMails(em: EntityManager, before: Date): Promise<void> {
  await em.nativeDelete(MailEntity, { createdAt: { $lt: before }, nextAttemptAt: null });
}
