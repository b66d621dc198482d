import type { Database } from "../../platform/db/database.ts";
import { enqueueMail, type MailParts } from "../../platform/mail/enqueue-mail.ts";
import { MailEntity } from "../../platform/mail/mail.entity.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import { deleteUser } from "../users/delete-user.ts";
import { UserEntity } from "../users/user.entity.ts";

interface Parts extends MailParts {
  database: Database;
  sessionStore: SessionStore;
  accountExtension: AccountExtension;
}

/** What is done at a time; the rest has its turn the next time. */
const BATCH = 100;

/**
 * Deletes the accounts whose time to think is over, and tells their owners. One that is undone in the same moment stays.
 * What was mailed to them is forgotten too, but for the last word. Throws what `deleteUser` throws.
 */
export async function deleteDueAccounts({
  database,
  sessionStore,
  accountExtension,
  ...mailParts
}: Parts): Promise<void> {
  const { clock, logger } = mailParts;
  const dueBy = new Date(clock.now());
  const due = await database
    .fork()
    .find(UserEntity, { deletionAt: { $lte: dueBy } }, { fields: ["id", "email"], limit: BATCH });
  for (const { id, email } of due) {
    const isDeleted = await deleteUser({ em: database.fork(), sessionStore, accountExtension }, id, {
      dueBy,
      async inTransaction(em) {
        await em.nativeDelete(MailEntity, { toAddress: email });
        await enqueueMail(em, mailParts, {
          kind: "account_deleted",
          to: email,
          subject: "Your account is deleted",
          heading: "Your account is deleted",
          paragraphs: [
            "As you asked, your account is gone, with your store and all that was in it. Nothing of it can be brought back.",
            "You are welcome to make a new one at any time.",
          ],
        });
      },
    });
    if (isDeleted) logger.info({ event: "user_deleted", userId: id }, "user_deleted");
  }
}
