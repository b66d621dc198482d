import { readRows } from "../../platform/db/read-rows.ts";
import { enqueueMails, type Mail, type MailContext } from "../../platform/mail/enqueue-mail.ts";
import type { ButtonMailWords } from "../../words/mail-words.ts";
import type { OrderInFull } from "./queries.ts";

interface MailOfSeller {
  kind: Mail["kind"];
  words: ButtonMailWords;
}

type OrderOfSeller = Pick<OrderInFull, "storeId" | "ref">;

/**
 * Mails the seller of an order, with a button to its page, in the transaction of `ctx.em`. Does nothing for a store
 * whose owner is gone.
 */
export async function mailSeller(ctx: MailContext, order: OrderOfSeller, mail: MailOfSeller): Promise<void> {
  await enqueueMails(ctx, await addressToSeller(ctx, order, mail));
}

/** The mail to the seller of an order, with a button to its page. None for a store whose owner is gone. */
export async function addressToSeller(
  { em }: Pick<MailContext, "em">,
  { storeId, ref }: OrderOfSeller,
  { kind, words }: MailOfSeller,
): Promise<Mail[]> {
  const sql = `select u.email as "email" from stores s join users u on u.id = s.owner_id where s.id = ?`;
  const owners = await readRows<{ email: string }>(em, sql, [storeId]);
  const button = { label: words.buttonLabel, path: `/sales/${ref}` };
  return owners.map(({ email: to }) => ({ kind, to, ...words, button }));
}
