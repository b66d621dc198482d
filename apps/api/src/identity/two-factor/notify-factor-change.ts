import { enqueueMail, type MailContext } from "../../platform/mail/enqueue-mail.ts";
import { type FactorChange, factorChangeWords } from "../../words/factor-mails.ts";
import { findAccountById } from "../users/queries.ts";

/**
 * Mails the owner of an account about a change of its factors, in the transaction of the change (ASVS 5.0.0, 6.3.7).
 * Does not name a passkey: an intruder who adds a passkey chooses its name.
 */
export async function notifyFactorChange(
  ctx: MailContext,
  { userId, change }: { userId: string; change: FactorChange },
): Promise<void> {
  const account = await findAccountById(ctx.em, userId);
  if (account === null) return;
  const words = factorChangeWords(change);
  await enqueueMail(ctx, {
    kind: change,
    to: account.user.email,
    ...words,
    button: { label: words.buttonLabel, path: "/settings/security" },
  });
}
