import { type Config, fingerprint } from "../../config/env.ts";
import type { Limits } from "../../config/limits.ts";
import type { SmtpSettings } from "../../config/mail-settings.ts";
import type { Database, EntityManager } from "../db/database.ts";
import { createWorker, idleWorker, type Worker } from "../jobs/worker.ts";
import type { Clock } from "../lib/clock.ts";
import type { Logger } from "../lib/logger.ts";
import type { SealedBox } from "../lib/sealed-box.ts";
import { createDelivery } from "./deliver-mails.ts";
import { createSmtp, type SendMail } from "./smtp.ts";

/** The delivery of mails in this installation. */
export interface Mailer {
  /**
   * - `smtp`: mails are sent
   * - `tray`: mails stay in the database and a page shows them; for the local demo without SMTP
   * - `none`: mails can't be sent, so none is stored
   */
  way: "smtp" | "tray" | "none";
  /** Names the mail server and the sender: another one for other settings. */
  settingsId: string;
  /** Encrypts the bodies of mails until they are sent. The place of each is the mail's id. */
  box: SealedBox;
  /** The address of this site, on which links in mails are based. */
  publicUrl: URL;
  /** The domain of Message-IDs. */
  domain: string;
  /** Reads the names in mails, as they are now. */
  readNames(em: EntityManager): Promise<MailNames>;
  /** Sends a mail at once instead of putting it into the outbox. Null: there is no mail server. */
  sendNow: SendMail | null;
  /** Sends the mails that are due. A run ends when no mail is due or the mail server can't be reached. */
  worker: Worker;
}

/** The shop's name in the texts of mails, and the name in their `From`. Null: the one in `MAIL_FROM`. */
export interface MailNames {
  name: string;
  senderName: string | null;
}

interface MailerOptions {
  config: Pick<Config, "smtp" | "isLocalDemo" | "publicUrl">;
  database: Pick<Database, "fork">;
  clock: Clock;
  logger: Logger;
  limits: Pick<
    Limits,
    "mailLease" | "mailPatience" | "mailsAtOnce" | "mailSend" | "mailPoll" | "mailDrain" | "testMailSend"
  >;
  box: SealedBox;
  readNames: Mailer["readNames"];
}

export function createMailer({ config, box, readNames, ...parts }: MailerOptions): Mailer {
  const { smtp, isLocalDemo, publicUrl } = config;
  const facts = { box, publicUrl, readNames, domain: smtp?.from.address.split("@")[1] ?? publicUrl.hostname };
  if (smtp === null) {
    const way = isLocalDemo ? "tray" : "none";
    return { ...facts, way, settingsId: way, sendNow: null, worker: idleWorker };
  }
  const { logger, limits } = parts;
  const closing = new AbortController();
  const sending = { settings: smtp, name: publicUrl.hostname, closing: closing.signal };
  const send = createSmtp({ ...sending, patienceMs: limits.mailSend });
  const sendNow = createSmtp({ ...sending, patienceMs: limits.testMailSend });
  const worker = createWorker(createDelivery({ ...parts, box, send }), {
    everyMs: limits.mailPoll,
    logger,
    complaint: "could not look after the outbox",
  });
  return {
    ...facts,
    way: "smtp",
    settingsId: settingsIdOf(smtp),
    sendNow,
    worker: closingWithin(limits.mailDrain, worker, closing),
  };
}

/** A new password at the same server changes nothing. */
function settingsIdOf({ url: { protocol, username, host }, from }: SmtpSettings): string {
  return fingerprint(`${protocol}//${username}@${host} ${from.address}`);
}

/**
 * Changes `close`: the mails that are being sent have `drainMs` milliseconds left, then `closing` ends them. Whether the
 * mail server has accepted them is unknown, so they stay in the outbox and are sent again.
 */
function closingWithin(drainMs: number, worker: Worker, closing: AbortController): Worker {
  return {
    ...worker,
    async close() {
      const timer = setTimeout(() => closing.abort(), drainMs);
      await worker.close();
      clearTimeout(timer);
    },
  };
}
