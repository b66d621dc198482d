import { type Context, inTransaction } from "../../platform/http/context.ts";
import { MailEntity } from "../../platform/mail/mail.entity.ts";
import { UserEntity } from "../users/user.entity.ts";

/**
 * Undoes a signup of which the client can't be told because no session began: deletes the account with all that refers
 * to it, and its mail. So submitting the form again creates an account instead of finding it taken. A mail that was
 * sent already holds an invalid link; a session that the store saved without confirming it has no cookie.
 * Only for an account of the very request that calls this.
 */
export function rollBackSignup(
  ctx: Pick<Context, "em">,
  { userId, mailId }: { userId: string; mailId: string | null },
): Promise<void> {
  return inTransaction(ctx, async ({ em }) => {
    await em.nativeDelete(UserEntity, userId);
    if (mailId !== null) await em.nativeDelete(MailEntity, mailId);
  });
}
