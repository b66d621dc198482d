import { UserEntity } from "../../identity/users/user.entity.ts";
import { readRows } from "../../platform/db/read-rows.ts";
import { enqueueMail, type Mail, type MailContext } from "../../platform/mail/enqueue-mail.ts";
import type { OrderRow } from "./order.entity.ts";

/**
 * Mails the seller of an order, with a button to its page, in the transaction of `ctx.em`. Does nothing for a store
 * whose owner is gone.
 */
export async function mailSeller(ctx: MailContext, order: OrderRow, mail: Omit<Mail, "to" | "button">): Promise<void> {
  const sql = `select owner_id as "ownerId" from stores where id = ?`;
  const [store] = await readRows<{ ownerId: string | null }>(ctx.em, sql, [order.store.id]);
  const owner = store?.ownerId ? await ctx.em.findOne(UserEntity, store.ownerId) : null;
  if (owner === null) return;
  await enqueueMail(ctx, { ...mail, to: owner.email, button: { label: "View sale", path: `/sales/${order.ref}` } });
}
