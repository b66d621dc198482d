import { Email, line } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import type { EntityManager } from "../db/database.ts";
import type { Context } from "../http/context.ts";
import { MailEntity } from "./mail.entity.ts";
import type { Mailer } from "./mailer.ts";
import { renderMail } from "./render-mail.ts";
import { isUndeliverableEmail } from "./undeliverable-email.ts";

/**
 * A mail as plain text: there is no markup, everything is escaped. It should contain nothing that strangers choose (the
 * name of somebody who signs up with another's address): the shop would carry their messages.
 */
export interface Mail {
  /** The kind for the log: `password_reset`. */
  kind: string;
  /** A single address. */
  to: string;
  /** One line, at most 200 characters. Stored unencrypted, so it must not contain secrets. */
  subject: string;
  heading: string;
  paragraphs: readonly string[];
  /**
   * The one call to action. `path` is a path of this site with its token in the fragment: `/reset-password#token=…`.
   */
  button?: { label: string; path: string };
  /** Small print at the end, for example for a reader who did not ask for this mail. */
  closing?: string;
  /**
   * Path that stops mails of this kind by a POST (RFC 8058), for mails that a recipient may opt out of. Mails about the
   * security of an account have none: another person must not be able to silence them.
   */
  unsubscribePath?: string;
}

/** The parts of the mailer that the outbox needs. */
export type MailQueue = Pick<Mailer, "way" | "box" | "publicUrl" | "domain" | "worker">;

/** The context of a write that enqueues a mail. */
export type MailContext = Pick<Context, "em" | "clock" | "log"> & { mailer: MailQueue };

const Subject = line({ label: "The subject", min: 1, max: 200 });

/**
 * Puts a mail into the outbox in the transaction of `ctx.em`: it is sent if, and only if, that commits. Sending begins
 * right after. Nothing is stored in a production without SMTP, since unsent tokens would pile up (the log tells of the
 * mail), nor for an address that was taken off its account. Returns the mail's id; null when nothing is stored.
 *
 * @example
 * await inTransaction(ctx, async (ctx) => {
 *   const token = await issueToken(ctx, …);
 *   await enqueueMail(ctx, {
 *     kind: "password_reset",
 *     to: user.email,
 *     subject: "Choose a new password",
 *     heading: "Choose a new password",
 *     paragraphs: ["Somebody, most likely you, asked for a new password for your account."],
 *     button: { label: "Choose a new password", path: `/reset-password#token=${token}` },
 *     closing: "The link is good for an hour. If you did not ask for it, you can ignore this mail.",
 *   });
 * });
 */
export async function enqueueMail({ em, mailer, clock, log }: MailContext, mail: Mail): Promise<string | null> {
  if (mailer.way === "none") {
    log.warn({ event: "mail_not_sent", kind: mail.kind }, "no mail was sent, since SMTP_URL is not set");
    return null;
  }
  if (isUndeliverableEmail(mail.to)) return null;
  const id = uuid();
  const now = new Date(clock.now());
  await em.insert(MailEntity, {
    id,
    kind: mail.kind,
    toAddress: Email.parse(mail.to),
    subject: Subject.parse(mail.subject),
    body: mailer.box.seal(JSON.stringify(bodyOf(mail, mailer.publicUrl)), id),
    messageId: `<${id}@${mailer.domain}>`,
    createdAt: now,
    nextAttemptAt: mailer.way === "smtp" ? now : null,
  });
  nudgeOnceCommitted(em, mailer);
  return id;
}

/** The sealed part of a mail. */
export interface MailBody {
  html: string;
  text: string;
  unsubscribeUrl: string | null;
}

function bodyOf({ button, unsubscribePath, ...mail }: Mail, site: URL): MailBody {
  const link = button && { label: button.label, url: urlOf(button.path, site) };
  const unsubscribeUrl = unsubscribePath === undefined ? null : urlOf(unsubscribePath, site);
  return { ...renderMail({ ...mail, ...(link && { button: link }) }, site), unsubscribeUrl };
}

/** Links in mails always lead to this site, independent of the `Host` of the request (R62). */
function urlOf(path: string, site: URL): string {
  const url = new URL(path, site);
  if (!path.startsWith("/") || url.origin !== site.origin) throw new Error("A link in a mail has to lead to this site");
  return url.href;
}

/** Each transaction has its own event manager, which ends with it. */
function nudgeOnceCommitted(em: EntityManager, mailer: MailQueue): void {
  if (!em.isInTransaction()) mailer.worker.nudge();
  else em.getEventManager().registerSubscriber({ afterTransactionCommit: () => mailer.worker.nudge() });
}
