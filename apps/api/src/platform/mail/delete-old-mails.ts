import type { EntityManager } from "../db/database.ts";
import { MailEntity } from "./mail.entity.ts";

/** Deletes the mails that were enqueued before a time and have no further attempt scheduled. */
export async function deleteOldMails(em: EntityManager, before: Date): Promise<void> {
  await em.nativeDelete(MailEntity, { createdAt: { $lt: before }, nextAttemptAt: null });
}

/** Deletes the texts of mails that were given up before the given time. A mail without its text can't be retried. */
export async function deleteOldMailTexts(em: EntityManager, before: Date): Promise<void> {
  await em.nativeUpdate(MailEntity, { givenUpAt: { $lt: before }, body: { $ne: "" } }, { body: "" });
}
