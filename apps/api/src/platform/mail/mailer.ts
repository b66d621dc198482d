import type { Config } from "../../config/env.ts";
import type { Limits } from "../../config/limits.ts";
import type { Database } from "../db/database.ts";
import { createWorker, idleWorker, type Worker } from "../jobs/worker.ts";
import type { Clock } from "../lib/clock.ts";
import type { Logger } from "../lib/logger.ts";
import type { SealedBox } from "../lib/sealed-box.ts";
import { createDelivery } from "./deliver-mails.ts";
import { createSmtp } from "./smtp.ts";

/** What becomes of mails in this installation. */
export interface Mailer {
  /**
   * - `smtp`: they are sent
   * - `tray`: they stay, and a page shows them: in the local demo without SMTP
   * - `none`: there is no way to send one
   */
  way: "smtp" | "tray" | "none";
  /** What bodies are sealed in until they are sent; the place is the mail's id. */
  box: SealedBox;
  /** What links begin with. */
  publicUrl: URL;
  /** What ids of messages end with. */
  domain: string;
  /** Sends what is due by the clock. A run resolves when nothing is due, or the mail server can't be reached. */
  worker: Worker;
}

interface MailerOptions {
  config: Pick<Config, "smtp" | "isLocalDemo" | "publicUrl">;
  database: Pick<Database, "fork">;
  clock: Clock;
  logger: Logger;
  limits: Pick<Limits, "mailLease" | "mailPatience" | "mailSend" | "mailPoll">;
  box: SealedBox;
}

export function createMailer({ config, box, ...parts }: MailerOptions): Mailer {
  const { smtp, isLocalDemo, publicUrl } = config;
  const facts = { box, publicUrl, domain: smtp?.from.address.split("@")[1] ?? publicUrl.hostname };
  if (smtp === null) {
    return { ...facts, way: isLocalDemo ? "tray" : "none", worker: idleWorker };
  }
  const send = createSmtp({ settings: smtp, name: publicUrl.hostname, patienceMs: parts.limits.mailSend });
  const { logger, limits } = parts;
  const worker = createWorker(createDelivery({ ...parts, box, send }), {
    everyMs: limits.mailPoll,
    logger,
    complaint: "could not look after the outbox",
  });
  return { ...facts, way: "smtp", worker };
}
