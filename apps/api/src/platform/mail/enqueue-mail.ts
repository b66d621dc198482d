import { Email, line, type MailKind } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import type { EntityManager } from "../db/database.ts";
import type { Context } from "../http/context.ts";
import { MailEntity } from "./mail.entity.ts";
import type { Mailer } from "./mailer.ts";
import { renderMail } from "./render-mail.ts";
import { isUndeliverableEmail } from "./undeliverable-email.ts";

/**
 * A mail as plain text: all of it is escaped, so markup has no effect. It should not contain text that strangers choose
 * (for example the name of somebody who signs up with another person's address): the shop would deliver a stranger's
 * message.
 */
export interface Mail {
  /** Kind of the mail, for the log and the operator. */
  kind: MailKind;
  /** The only recipient's address. */
  to: string;
  /** One line of at most 200 characters. Stored unencrypted, so it must not contain secrets. */
  subject: string;
  heading: string;
  paragraphs: readonly string[];
  /** The only link. `path` is a path of this site, with its token in the fragment: `/reset-password#token=…`. */
  button?: { label: string; path: string };
  /** Small print at the end, for example for a recipient who did not ask for this mail. */
  closing?: string;
  /**
   * Path to which a POST stops further mails of this kind (RFC 8058), for mails that a recipient may opt out of. Mails
   * about the security of an account have none, since another person must not be able to stop them.
   */
  unsubscribePath?: string;
}

/** The parts of the mailer that enqueuing a mail needs. */
export type MailQueue = Pick<Mailer, "way" | "box" | "publicUrl" | "domain" | "worker">;

/** The context of work that enqueues a mail. */
export type MailContext = Pick<Context, "em" | "clock" | "log"> & { mailer: MailQueue };

const Subject = line({ label: "The subject", min: 1, max: 200 });

/**
 * Puts a mail into the outbox within the transaction of `ctx.em`: the mail is sent if, and only if, the transaction
 * commits. Sending begins right after the commit. Returns the mail's id. Null: nothing is stored, because the address
 * is an undeliverable placeholder, or because this is a production server without SMTP, where unsent tokens would pile
 * up (a warning is logged).
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

/** The part of a mail that is stored encrypted. */
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

/** Turns a path into a link to this site, whatever the `Host` header of the request says (R62). */
function urlOf(path: string, site: URL): string {
  const url = new URL(path, site);
  if (!path.startsWith("/") || url.origin !== site.origin) throw new Error("A link in a mail has to lead to this site");
  return url.href;
}

/**
 * Wakes the mail worker once the transaction has committed. Each transaction has its own event manager, so the
 * subscriber lives no longer than the transaction.
 */
function nudgeOnceCommitted(em: EntityManager, mailer: MailQueue): void {
  if (!em.isInTransaction()) mailer.worker.nudge();
  else em.getEventManager().registerSubscriber({ afterTransactionCommit: () => mailer.worker.nudge() });
}
