import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";
import { PageQuery, page } from "./paging.ts";
import { Timestamp } from "./timestamp.ts";

/**
 * Lanes of the outbox, in the order in which they are sent:
 * - `security`: mails that somebody waits for to get on, and those about the security of an account or order
 * - `receipts`: mails to buyers about their money
 * - `notices`: everything that can wait until the others are sent
 */
export const mailLanes = ["security", "receipts", "notices"] as const;
export type MailLane = (typeof mailLanes)[number];

/** The occasions on which the shop sends a mail, each with its lane. */
export const mailKinds = {
  test: "security",
  verify_email: "security",
  change_email: "security",
  email_change_asked: "security",
  email_changed: "security",
  email_change_undone: "security",
  password_reset: "security",
  password_changed: "security",
  new_device: "security",
  too_many_passwords: "security",
  too_many_log_ins: "security",
  too_many_codes: "security",
  totp_added: "security",
  totp_removed: "security",
  totp_removed_by_operator: "security",
  recovery_codes_renewed: "security",
  recovery_code_used: "security",
  passkey_added: "security",
  passkey_removed: "security",
  deletion_asked: "security",
  account_deleted: "security",
  operator_added: "security",
  product_taken_down: "notices",
  product_put_back: "notices",
  store_taken_down: "notices",
  store_put_back: "notices",
  pay_instructions_changed: "security",
  how_to_pay: "receipts",
  receipt: "receipts",
  sale: "notices",
  payment_trouble: "notices",
  refund: "receipts",
  refund_failed: "notices",
  dispute: "notices",
  withdrawal: "receipts",
  withdrawal_notice: "notices",
  find_purchases: "security",
  order_email_changed: "security",
} as const satisfies Readonly<Record<string, MailLane>>;
export type MailKind = keyof typeof mailKinds;

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
    summary: "The shop’s emails without their contents, newest first. `state` filters them",
    query: z.strictObject({ ...PageQuery.shape, state: z.optional(MailState) }),
    success: { status: 200, body: page(QueuedMail) },
    problems: [],
  }),

  retryMail: endpoint({
    method: "POST",
    path: "/api/operator/mails/:id/retry",
    access: "operator",
    fresh: true,
    summary: "Retry an email that failed",
    params: z.strictObject({ id: z.string().check(z.regex(/^[0-9a-f-]{36}$/)) }),
    success: { status: 200, body: QueuedMail },
    limits: ["mailRetries"],
    problems: ["mail_already_sent", "mail_text_deleted", "mail_unavailable", "rate_limited"],
  }),
};
