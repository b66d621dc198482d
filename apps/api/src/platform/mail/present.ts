import type { OutboxMail, OutboxMailInFull } from "@yumroad/contract";
import type { MailBody } from "./enqueue-mail.ts";
import type { ListedMail } from "./queries.ts";

export function presentMail({ id, toAddress, subject, createdAt }: ListedMail): OutboxMail {
  return { id, to: toAddress, subject, at: createdAt.toISOString() };
}

export function presentMailInFull(mail: ListedMail, { html, text }: MailBody, pageUrl: string): OutboxMailInFull {
  return { ...presentMail(mail), html, text, pageUrl };
}
