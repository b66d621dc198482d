import { enqueueMail, type MailContext } from "../../platform/mail/enqueue-mail.ts";
import { passwordChangedWords } from "../../words/account-mails.ts";
import type { ButtonMailWords } from "../../words/mail-words.ts";
import { listPasskeysOf } from "../passkeys/queries.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import type { UserRow } from "../users/user.entity.ts";

/** Mails the owner of an account that the password was changed (R53), in the transaction of the change. */
export function notifyPasswordChange(ctx: MailContext, to: string): Promise<unknown> {
  return notify(ctx, to, passwordChangedWords(null));
}

interface Reset {
  user: Pick<UserRow, "id" | "email">;
  /** True if the reset verifies the account's address for the first time. */
  isFirstProof: boolean;
}

/**
 * Mails the owner of an account that the password was reset, and lists what a new password does not remove (R63). These
 * are the remaining passkeys and, if the address was never verified before, the products, because someone else may have
 * put them up for sale. The listed names are free text that someone else may have chosen; the mail goes only to a
 * reader of the address, who has just used a link that was mailed to it.
 */
export async function notifyPasswordReset(
  ctx: MailContext & { accountExtension: AccountExtension },
  { user: { id, email }, isFirstProof }: Reset,
): Promise<void> {
  const passkeys = (await listPasskeysOf(ctx.em, id)).map(({ name }) => name);
  const products = isFirstProof ? await ctx.accountExtension.named(ctx.em, id, LISTED) : { names: [], total: 0 };
  const listed = { names: passkeys.slice(0, LISTED), total: passkeys.length };
  await notify(ctx, email, passwordChangedWords({ isFirstProof, passkeys: listed, products }));
}

const LISTED = 20;

function notify(ctx: MailContext, to: string, words: ButtonMailWords): Promise<unknown> {
  const button = { label: words.buttonLabel, path: "/forgot-password" };
  return enqueueMail(ctx, { kind: "password_changed", to, ...words, button });
}
