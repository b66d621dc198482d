import type { EntityManager } from "../../platform/db/database.ts";
import { MailEntity } from "../../platform/mail/mail.entity.ts";
import { UserEntity } from "../users/user.entity.ts";

/**
 * Undoes a sign-up that whoever made it can't be told of, since no session began: the account with all that hangs on it,
 * and the mail that it caused. So the same form, sent again, makes an account instead of finding it taken. A mail that
 * has left by then holds a link that is good for nothing; a session that a store has stored without saying so is named
 * by no cookie. Only for an account of the very request that calls this.
 */
export async function rollBackSignup(
  { em }: { em: EntityManager },
  userId: string,
  { mailId }: { mailId: string | null },
): Promise<void> {
  await em.transactional(async (transaction) => {
    await transaction.nativeDelete(UserEntity, userId);
    if (mailId !== null) await transaction.nativeDelete(MailEntity, mailId);
  });
}
