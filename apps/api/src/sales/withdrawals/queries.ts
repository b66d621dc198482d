import { emailKeyOf } from "../../identity/users/user.entity.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import { readRows } from "../../platform/db/read-rows.ts";
import type { FactsOfRight } from "./judge-right.ts";
import type { WithdrawalRow } from "./withdrawal.entity.ts";

/** The order of a statement, with what decides about the right of withdrawal. */
export interface WithdrawnOrder extends FactsOfRight {
  id: string;
  ref: string;
  storeId: string;
  email: string;
  total: number;
}

/**
 * Finds the order that a statement names, if its contact is the order's email. Its number alone proves nothing, nor does
 * an email. A receipt in the demo inbox counts as sent.
 */
export async function findWithdrawnOrder(
  em: EntityManager,
  { statedOrder, contact }: Pick<WithdrawalRow, "statedOrder" | "contact">,
): Promise<WithdrawnOrder | null> {
  const sql = `select o.id as "id", o.ref as "ref", o.store_id as "storeId", o.email as "email", o.total as "total",
      o.paid_at as "paidAt", o.consent_at as "consentAt", o.opened_at as "openedAt", m.sent_at as "sentAt",
      case when m.next_attempt_at is null and m.given_up_at is null then m.created_at end as "inTrayAt"
    from orders o left join mails m on m.id = o.receipt_mail_id where o.ref = ? and o.email_key = ?`;
  const [row] = await readRows<WithdrawnOrder & { sentAt: Date | null; inTrayAt: Date | null }>(em, sql, [
    ...[refOf(statedOrder), emailKeyOf(contact)],
  ]);
  if (!row) return null;
  const { sentAt, inTrayAt, ...order } = row;
  return { ...order, receiptSentAt: sentAt ?? inTrayAt };
}

/** The public name of an order as somebody has typed it: without spaces and "#", and with the letters it can't have read as digits. */
function refOf(typed: string): string {
  const letters = typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, "");
  return letters.replaceAll("O", "0").replaceAll(/[IL]/g, "1");
}
