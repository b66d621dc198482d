import { type Context, inTransaction } from "../../platform/http/context.ts";
import { MailEntity } from "../../platform/mail/mail.entity.ts";
import { UserEntity } from "../users/user.entity.ts";

/**
 * Undoes a signup after which no session could begin. The client gets an error, so the person submits the form again
 * and must not find the address taken. Deletes the account, every row that refers to it, and its verification mail. If
 * the mail was sent already, its link is invalid. If the session store saved the session without confirming it, no
 * browser has its cookie.
 * Only for an account that the same request has created.
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
