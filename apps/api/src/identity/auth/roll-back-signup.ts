import { type Context, inTransaction } from "../../platform/http/context.ts";
import { MailEntity } from "../../platform/mail/mail.entity.ts";
import { UserEntity } from "../users/user.entity.ts";

/**
 * Undoes a signup whose sender can't be told of it, since no session began: the account with all that refers to it, and
 * the mail that it caused. So the same form, sent again, makes an account instead of finding it taken. A mail that has
 * left by then holds a link that is no good; a session that a store has stored without saying so is named by no cookie.
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
