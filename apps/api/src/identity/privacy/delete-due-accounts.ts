import type { Database } from "../../platform/db/database.ts";
import { backgroundContext } from "../../platform/http/background-context.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import type { Logger } from "../../platform/lib/logger.ts";
import { enqueueMail, type MailContext, type MailQueue } from "../../platform/mail/enqueue-mail.ts";
import { MailEntity } from "../../platform/mail/mail.entity.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { accountDeletedWords } from "../../words/account-mails.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import { deleteUser } from "../users/delete-user.ts";
import { UserEntity } from "../users/user.entity.ts";

interface JobContext {
  database: Pick<Database, "fork">;
  clock: Clock;
  logger: Logger;
  mailer: MailQueue;
  sessionStore: SessionStore;
  accountExtension: AccountExtension;
}

/** Maximum number of accounts deleted per run; the next run deletes the rest. */
const BATCH = 100;

/**
 * Deletes accounts at the end of their grace period, and mails their owners. An account whose deletion is cancelled
 * concurrently stays, and one that has to be kept longer by now waits. Stored mails to the owner are deleted too, except the mail about the deletion. Passes on every
 * error of `deleteUser`.
 */
export async function deleteDueAccounts(job: JobContext): Promise<void> {
  const { database, clock, logger } = job;
  const dueBy = new Date(clock.now());
  const due = await database
    .fork()
    .find(UserEntity, { deletionAt: { $lte: dueBy } }, { fields: ["id", "email"], limit: BATCH });
  for (const { id: userId, email } of due) {
    const keptUntil = await job.accountExtension.keptUntil(database.fork(), userId);
    if (keptUntil !== null && keptUntil > dueBy) {
      const isDue = { id: userId, deletionAt: { $lte: dueBy } };
      await database.fork().nativeUpdate(UserEntity, isDue, { deletionAt: keptUntil });
      continue;
    }
    const inTransaction = (ctx: MailContext, { isStoreKept }: { isStoreKept: boolean }) =>
      leaveLastWord(ctx, { email, isStoreKept });
    const isDeleted = await deleteUser(backgroundContext(job), { userId, dueBy, inTransaction });
    if (isDeleted) logger.info({ event: "user_deleted", userId }, "user_deleted");
  }
}

async function leaveLastWord(
  ctx: MailContext,
  { email, isStoreKept }: { email: string; isStoreKept: boolean },
): Promise<void> {
  await ctx.em.nativeDelete(MailEntity, { toAddress: email });
  await enqueueMail(ctx, { kind: "account_deleted", to: email, ...accountDeletedWords({ isStoreKept }) });
}
