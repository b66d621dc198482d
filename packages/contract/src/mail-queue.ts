import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";
import { PageQuery, page } from "./paging.ts";
import { Timestamp } from "./timestamp.ts";

/** The occasions on which the shop sends a mail. */
export const mailKinds = [
  "test",
  "verify_email",
  "change_email",
  "email_change_asked",
  "email_changed",
  "email_change_undone",
  "password_reset",
  "password_changed",
  "new_device",
  "too_many_passwords",
  "too_many_log_ins",
  "too_many_codes",
  "totp_added",
  "totp_removed",
  "totp_removed_by_operator",
  "recovery_codes_renewed",
  "recovery_code_used",
  "passkey_added",
  "passkey_removed",
  "deletion_asked",
  "account_deleted",
  "product_taken_down",
  "product_put_back",
  "store_taken_down",
  "store_put_back",
  "receipt",
  "sale",
  "payment_trouble",
  "refund",
  "find_purchases",
  "order_email_changed",
] as const;
export type MailKind = (typeof mailKinds)[number];

/**
 * How far a mail is:
 * - `queued`: it waits for its first attempt
 * - `sending`: it is being handed to the mail server
 * - `failing`: an attempt has failed; the next one is at `nextAttemptAt`
 * - `sent`: the mail server has accepted it
 * - `given_up`: it is not tried any more, unless an operator retries it
 * - `in_tray`: it stays in the demo's mail tray
 */
export const MailState = z.enum(["queued", "sending", "failing", "sent", "given_up", "in_tray"]);
export type MailState = z.infer<typeof MailState>;

/** A mail as the operator sees it: never its subject, text or links, which open accounts (R85). */
export const QueuedMail = z.strictObject({
  id: z.string(),
  /** One of `mailKinds`, or a kind of an earlier version. No enumeration, so that web pages need not load the list. */
  kind: z.string(),
  /** The recipient, with most letters hidden: `a•••@e•••.com`. */
  to: z.string(),
  state: MailState,
  attempts: z.int(),
  /** The mail server's words at the last failed attempt, without addresses and links. */
  error: z.nullable(z.string()),
  createdAt: Timestamp,
  sentAt: z.nullable(Timestamp),
  nextAttemptAt: z.nullable(Timestamp),
});
export type QueuedMail = z.infer<typeof QueuedMail>;

export const mailQueueEndpoints = {
  listMails: endpoint({
    method: "GET",
    path: "/api/operator/mails",
    access: "operator",
    summary: "The emails of this shop without their contents, the newest first; `state` finds those in one state",
    query: z.strictObject({ ...PageQuery.shape, state: z.optional(MailState) }),
    success: { status: 200, body: page(QueuedMail) },
    problems: [],
  }),

  retryMail: endpoint({
    method: "POST",
    path: "/api/operator/mails/:id/retry",
    access: "operator",
    fresh: true,
    summary: "Send an email now that failed or was given up; one that is being sent stays as it is",
    params: z.strictObject({ id: z.string().check(z.regex(/^[0-9a-f-]{36}$/)) }),
    success: { status: 200, body: QueuedMail },
    limits: ["mailRetries"],
    problems: ["mail_already_sent", "mail_text_deleted", "mail_unavailable", "rate_limited"],
  }),
};
