import { ACTIVE_OPERATOR } from "../../identity/users/is-last-operator.ts";
import { UserEntity, type UserRow } from "../../identity/users/user.entity.ts";
import { formatDay } from "../../platform/lib/format-day.ts";
import { enqueueMail, type MailContext } from "../../platform/mail/enqueue-mail.ts";
import { operatorAddedWords } from "../../words/shop-mails.ts";

/**
 * Mails all other operators that somebody has become one, in the transaction of that change: it may be news to them. An
 * unverified address may be a stranger's, so the mail to it says neither the name nor the address of the new one.
 */
export async function tellOperators(ctx: MailContext, added: UserRow): Promise<void> {
  const others = await ctx.em.find(UserEntity, { ...ACTIVE_OPERATOR, id: { $ne: added.id } });
  const day = formatDay(new Date(ctx.clock.now()));
  for (const { email: to, emailVerifiedAt } of others) {
    const { name, email } = added;
    const words = operatorAddedWords({ added: emailVerifiedAt === null ? null : { name, email }, day });
    const button = { label: words.buttonLabel, path: "/operator/people" };
    await enqueueMail(ctx, { kind: "operator_added", to, ...words, button });
  }
}
