import type { EntityManager } from "../../platform/db/database.ts";
import { MailEntity, type MailRow } from "../../platform/mail/mail.entity.ts";

export type MailSent = Pick<MailRow, "subject" | "toAddress" | "createdAt" | "sentAt">;

/** Lists the mails to an address since the time `since`, without their text, which the recipient has in the mailbox. */
export function listMailsTo(em: EntityManager, address: string, since: Date): Promise<MailSent[]> {
  return em.find(
    MailEntity,
    { toAddress: address, createdAt: { $gte: since } },
    { fields: ["subject", "toAddress", "createdAt", "sentAt"], orderBy: { id: "asc" } },
  );
}
