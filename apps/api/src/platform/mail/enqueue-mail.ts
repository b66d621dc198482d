import { Email, line } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import type { EntityManager } from "../db/database.ts";
import type { Context } from "../http/context.ts";
import { MailEntity } from "./mail.entity.ts";
import type { Mailer } from "./mailer.ts";
import { renderMail } from "./render-mail.ts";
import { isUndeliverableEmail } from "./undeliverable-email.ts";

/**
 * What somebody is told by mail, in words: no markup, everything is escaped. Of what strangers can choose (the name of
 * somebody who signs up with another's address) nothing should be in it: it would make us carry their messages.
 */
export interface Mail {
  /** What it is about, for the log: `password_reset`. */
  kind: string;
  /** One address. */
  to: string;
  /** One line, at most 200 characters. It is kept in clear: no secret belongs here. */
  subject: string;
  heading: string;
  paragraphs: readonly string[];
  /** The one thing to do. `path` is one of this site, with its token in the fragment: `/reset-password#token=…`. */
  button?: { label: string; path: string };
  /** At the end, smaller: what to do if one did not ask for this, say. */
  closing?: string;
  /**
   * Where a POST stops mails of this kind (RFC 8058), for mails that somebody may want no more of. Those about the
   * security of an account have none: nobody else should be able to silence them.
   */
  unsubscribePath?: string;
}

/** The part of the mailer that puts mails into the outbox. */
export type MailQueue = Pick<Mailer, "way" | "box" | "publicUrl" | "domain" | "worker">;

/** The context of a write that causes a mail. */
export type MailContext = Pick<Context, "em" | "clock" | "log"> & { mailer: MailQueue };

const Subject = line({ label: "The subject", min: 1, max: 200 });

/**
 * Puts a mail into the outbox, in the transaction of `ctx.em`: it is sent if, and only if, that commits. Sending begins
 * right after. In a production without SMTP nothing is kept, since tokens that nobody ever sends would pile up; the log
 * says that there was something to send; nor is anything for an address that was taken off its account. Gives the mail's id, null for none.
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

/** What is sealed. */
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

/** A link in a mail leads to this site, whatever `Host` the request that caused it came with (R62). */
function urlOf(path: string, site: URL): string {
  const url = new URL(path, site);
  if (!path.startsWith("/") || url.origin !== site.origin) throw new Error("A link in a mail has to lead to this site");
  return url.href;
}

/** Each transaction has an event manager of its own, which ends with it. */
function nudgeOnceCommitted(em: EntityManager, mailer: MailQueue): void {
  if (!em.isInTransaction()) mailer.worker.nudge();
  else em.getEventManager().registerSubscriber({ afterTransactionCommit: () => mailer.worker.nudge() });
}
