import type { OutboxMail, OutboxMailInFull } from "@yumroad/contract";
import { encodeCursor } from "../../lib/cursor.ts";
import type { MailBody } from "./enqueue-mail.ts";
import type { ListedMail } from "./queries.ts";

export function presentMail({ id, toAddress, subject, createdAt }: ListedMail): OutboxMail {
  return { id, to: toAddress, subject, at: createdAt.toISOString() };
}

export function presentMailInFull(mail: ListedMail, { html, text }: MailBody): OutboxMailInFull {
  return { ...presentMail(mail), html, text };
}

/** A page out of one mail more than fits on it. */
export function presentMailPage(mails: ListedMail[], limit: number) {
  const shown = mails.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(presentMail), nextCursor: mails.length > limit && last ? encodeCursor(last.id) : null };
}
