import type { EntityManager } from "../../platform/db/database.ts";
import { enqueueMail, type MailParts } from "../../platform/mail/enqueue-mail.ts";
import { listPasskeysOf } from "../passkeys/queries.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import type { UserRow } from "../users/user.entity.ts";

/** Tells somebody that their password is another one now, in the transaction in which it becomes so (R53). */
export function notifyPasswordChange(em: EntityManager, parts: MailParts, to: string): Promise<unknown> {
  return notify(em, parts, to, []);
}

/**
 * The same of a reset, with what a new password does not take away (R63): the passkeys that remain, and in an account
 * whose address was never proven before, what whoever made it has put up for sale. Their names are whatever somebody has
 * typed; the mail goes to nobody who has not just used a link that was mailed there.
 */
export async function notifyPasswordReset(
  em: EntityManager,
  parts: MailParts & { accountExtension: AccountExtension },
  { id, email }: Pick<UserRow, "id" | "email">,
  { proves }: { proves: boolean },
): Promise<void> {
  const passkeys = (await listPasskeysOf(em, id)).map(({ name }) => name);
  const products = proves ? await parts.accountExtension.named(em, id, LISTED) : { names: [], total: 0 };
  await notify(em, parts, email, [
    ...(proves ? [FIRST_PROOF] : []),
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

function notify(em: EntityManager, parts: MailParts, to: string, more: readonly string[]): Promise<unknown> {
  return enqueueMail(em, parts, {
    kind: "password_changed",
    to,
    subject: "Your password was changed",
    heading: "Your password was changed",
    paragraphs: [
      "The password of your account at Yumroad is a new one now. Other browsers were logged out.",
      ...more,
      "If that was you, there is nothing to do. If it was not, choose another one right away: whoever changed it is in your account.",
    ],
    button: { label: "Choose another password", path: "/forgot-password" },
  });
}
