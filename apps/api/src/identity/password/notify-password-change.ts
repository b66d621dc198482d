import { enqueueMail, type MailContext } from "../../platform/mail/enqueue-mail.ts";
import { listPasskeysOf } from "../passkeys/queries.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import type { UserRow } from "../users/user.entity.ts";

/** Mails the owner of an account that the password was changed (R53), in the transaction of the change. */
export function notifyPasswordChange(ctx: MailContext, to: string): Promise<unknown> {
  return notify(ctx, to, []);
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
  await notify(ctx, email, [
    ...(isFirstProof ? [FIRST_PROOF] : []),
    ...(passkeys.length === 0 ? [] : [`${STILL_IN} ${inWords(passkeys.slice(0, LISTED), passkeys.length)}.`]),
    ...(products.total === 0 ? [] : [`${FOR_SALE} ${inWords(products.names, products.total)}.`]),
  ]);
}

const FIRST_PROOF =
  "Your email is confirmed. Passkeys and an authenticator app that were set up before are removed, since somebody else may have created this account with your address.";
const STILL_IN =
  "These passkeys still log in to your account, under the names that whoever added them chose. Remove those that are not yours:";
const FOR_SALE = "These products are in your account. Delete those that are not yours:";

const LISTED = 20;

function inWords(names: readonly string[], total: number): string {
  const listed = names.map((name) => `“${name}”`).join(", ");
  return total > names.length ? `${listed}, and ${total - names.length} more` : listed;
}

function notify(ctx: MailContext, to: string, more: readonly string[]): Promise<unknown> {
  return enqueueMail(ctx, {
    kind: "password_changed",
    to,
    subject: "Your password was changed",
    heading: "Your password was changed",
    paragraphs: [
      (shop) => `The password of your account at ${shop} is a new one now. Other browsers were logged out.`,
      ...more,
      "If that was you, there is nothing to do. If it was not, choose another one right away: whoever changed it is in your account.",
    ],
    button: { label: "Choose another password", path: "/forgot-password" },
  });
}
