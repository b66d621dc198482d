import { type Context, inTransaction } from "../../platform/http/context.ts";
import { MailEntity } from "../../platform/mail/mail.entity.ts";
import { UserEntity } from "../users/user.entity.ts";

/**
 * Undoes a signup if no session could begin, since the client can't be told of the account. Deletes the account, every
 * row that refers to it, and its verification mail, so that the person can submit the form again; otherwise the address
 * would be taken. If the mail was sent already, its link is invalid. If the session store saved the session without
 * confirming it, no browser has its cookie.
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
