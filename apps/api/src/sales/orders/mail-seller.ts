import { readRows } from "../../platform/db/read-rows.ts";
import { enqueueMail, type Mail, type MailContext } from "../../platform/mail/enqueue-mail.ts";
import type { ButtonMailWords } from "../../words/mail-words.ts";
import type { OrderInFull } from "./queries.ts";

/**
 * Mails the seller of an order, with a button to its page, in the transaction of `ctx.em`. Does nothing for a store
 * whose owner is gone.
 */
export async function mailSeller(
  ctx: MailContext,
  { storeId, ref }: Pick<OrderInFull, "storeId" | "ref">,
  { kind, words }: { kind: Mail["kind"]; words: ButtonMailWords },
): Promise<void> {
  const sql = `select u.email as "email" from stores s join users u on u.id = s.owner_id where s.id = ?`;
  const [owner] = await readRows<{ email: string }>(ctx.em, sql, [storeId]);
  if (!owner) return;
  const button = { label: words.buttonLabel, path: `/sales/${ref}` };
  await enqueueMail(ctx, { kind, to: owner.email, ...words, button });
}
