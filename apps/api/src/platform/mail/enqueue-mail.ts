import { Email, line, type MailKind, mailKinds, mailLanes } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import type { MailText } from "../../words/mail-words.ts";
import type { EntityManager } from "../db/database.ts";
import type { Context } from "../http/context.ts";
import type { Mailer, MailNames } from "./mailer.ts";
import { renderMail } from "./render-mail.ts";
import { isUndeliverableEmail } from "./undeliverable-email.ts";

/**
 * A mail as plain text: all of it is escaped, so markup has no effect. It should not contain text that strangers choose
 * (for example the name of somebody who signs up with another person's address): the shop would deliver a stranger's
 * message.
 */
export interface Mail {
  /** Kind of the mail, for its lane, the log and the operator. */
  kind: MailKind;
  /** The only recipient's address. */
  to: string;
  /** One line of at most 200 characters. Stored unencrypted, so it must not contain secrets. */
  subject: string;
  heading: string;
  /** Each text with its line breaks. */
  paragraphs: readonly MailText[];
  /** A table of two columns below the paragraphs: a label and an amount, for a receipt for example. */
  rows?: readonly (readonly [label: string, amount: string])[];
  /** Small print below the table, each text with its line breaks. */
  notes?: readonly string[];
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
export type MailQueue = Pick<Mailer, "way" | "box" | "publicUrl" | "domain" | "worker" | "readNames">;

/** The context of work that enqueues a mail. */
export type MailContext = Pick<Context, "em" | "clock" | "log"> & { mailer: MailQueue };

const Subject = line({ field: "subject", min: 1, max: 200 });

/**
 * Puts a mail into the outbox within the transaction of `ctx.em`: the mail is sent if, and only if, the transaction
 * commits. Sending begins right after the commit. Returns the mail's id. Null: nothing is stored, because the address
 * is an undeliverable placeholder, or because this is a production server without SMTP, where unsent tokens would pile
 * up (a warning is logged).
 *
 * @example
 * await inTransaction(ctx, async (ctx) => {
 *   const token = await issueToken(ctx, …);
 *   const words = resetPasswordWords({ linkMs: ctx.limits.mailedToken });
 *   await enqueueMail(ctx, {
 *     kind: "password_reset",
 *     to: user.email,
 *     ...words,
 *     button: { label: words.buttonLabel, path: `/reset-password#token=${token}` },
 *   });
 * });
 */
export async function enqueueMail(ctx: MailContext, mail: Mail): Promise<string | null> {
  const [id = null] = await enqueueMails(ctx, [mail]);
  return id;
}

/** Does the same for several mails of one transaction, by one statement. Returns their ids; null for each that is not
 * stored. */
export async function enqueueMails(
  { em, mailer, clock, log }: MailContext,
  mails: readonly Mail[],
): Promise<readonly (string | null)[]> {
  if (mailer.way === "none") {
    for (const { kind } of mails)
      log.warn({ event: "mail_not_sent", kind }, "no mail was sent, since SMTP_URL is not set");
    return mails.map(() => null);
  }
  const deliverable = mails.filter(({ to }) => !isUndeliverableEmail(to));
  if (deliverable.length === 0) return mails.map(() => null);
  const names = await mailer.readNames(em);
  const now = new Date(clock.now());
  const rows = deliverable.map((mail) => rowOf(mailer, { mail, names, now }));
  const sql = `
    insert into mails (id, kind, lane, to_address, subject, body, message_id, created_at, next_attempt_at)
    values ${rows.map(() => "(?, ?, ?, ?, ?, ?, ?, ?, ?)").join(", ")}`;
  await em.execute(sql, rows.flat());
  nudgeOnceCommitted(em, mailer);
  return mails.map((mail) => rows[deliverable.indexOf(mail)]?.[0] ?? null);
}

/** The values of a mail's row, the id first. */
function rowOf(mailer: MailQueue, { mail, names, now }: { mail: Mail; names: MailNames; now: Date }) {
  const id = uuid();
  return [
    id,
    mail.kind,
    mailLanes.indexOf(mailKinds[mail.kind]),
    Email.parse(mail.to),
    Subject.parse(mail.subject),
    mailer.box.seal(JSON.stringify(renderBody(mailer, mail, names)), id),
    `<${id}@${mailer.domain}>`,
    now,
    mailer.way === "smtp" ? now : null,
  ] as const;
}

/** The part of a mail that is stored encrypted. */
export interface MailBody {
  html: string;
  text: string;
  unsubscribeUrl: string | null;
  /** The name in `From`. Null, or missing in a mail of an older version: the one in `MAIL_FROM`. */
  senderName?: string | null;
}

/**
 * Renders the part of a mail that is stored encrypted. Its names are those of the moment: a mail names the shop in the
 * same way everywhere, even if the shop gets another name before the mail is sent.
 */
export function renderBody(
  { publicUrl: site }: Pick<Mailer, "publicUrl">,
  { button, unsubscribePath, paragraphs, ...mail }: Mail,
  { name: shop, senderName }: MailNames,
): MailBody {
  const inFull = {
    ...mail,
    paragraphs: paragraphs.map((text) => (typeof text === "string" ? text : text(shop))),
    ...(button && { button: { label: button.label, url: urlOf(button.path, site) } }),
  };
  const unsubscribeUrl = unsubscribePath === undefined ? null : urlOf(unsubscribePath, site);
  return { ...renderMail(inFull, { shop, host: site.host }), unsubscribeUrl, senderName };
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
