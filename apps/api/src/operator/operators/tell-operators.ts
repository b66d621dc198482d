import { ACTIVE_OPERATOR } from "../../identity/users/is-last-operator.ts";
import { UserEntity, type UserRow } from "../../identity/users/user.entity.ts";
import { formatDay } from "../../platform/lib/format-day.ts";
import { enqueueMail, type MailContext } from "../../platform/mail/enqueue-mail.ts";

/**
 * Mails all other operators that somebody has become one, in the transaction of that change: it may be news to them. An
 * unverified address may be a stranger's, so the mail to it says neither the name nor the address of the new one.
 */
export async function tellOperators(ctx: MailContext, added: UserRow): Promise<void> {
  const others = await ctx.em.find(UserEntity, { ...ACTIVE_OPERATOR, id: { $ne: added.id } });
  const day = formatDay(new Date(ctx.clock.now()));
  for (const { email: to, emailVerifiedAt } of others) {
    const who = emailVerifiedAt === null ? "Somebody" : `${added.name}, ${added.email},`;
    await enqueueMail(ctx, {
      kind: "operator_added",
      to,
      subject: "Your shop has a new operator",
      heading: "Your shop has a new operator",
      paragraphs: [
        (shop) =>
          `${who} became an operator of ${shop} on ${day}. Operators can do everything in the shop that you can.`,
        "If you know of it, there is nothing to do. If not, disable that account, and find out who else can read the server’s output or run its commands.",
      ],
      button: { label: "See who has an account", path: "/operator/people" },
    });
  }
}
