import { raw } from "@mikro-orm/core";
import type { Limits } from "../../config/limits.ts";
import type { Database } from "../db/database.ts";
import type { Clock } from "../lib/clock.ts";
import type { Logger } from "../lib/logger.ts";
import { SealBroken, type SealedBox } from "../lib/sealed-box.ts";
import type { MailBody } from "./enqueue-mail.ts";
import { MailEntity, type MailRow } from "./mail.entity.ts";
import type { SendMail, SendOutcome } from "./smtp.ts";

export interface DeliveryParts {
  database: Pick<Database, "fork">;
  clock: Clock;
  logger: Logger;
  limits: Pick<Limits, "mailLease" | "mailPatience">;
  box: SealedBox;
  send: SendMail;
}

const MINUTE = 60_000;
/** How long after a failed attempt the next one is due; after the last of these always as long as after it. */
const RETRY_AFTER = [MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE];
const BATCH = 20;

/**
 * Sends the mails that are due, one after the other, however many processes do the same at once: each takes a mail by
 * one conditional update, which gives it to that process alone for `limits.mailLease`. When the process dies meanwhile,
 * another takes the mail once that time is over, so none is lost.
 *
 * None is sent twice either, but for what SMTP can't tell: a process that dies, or loses its connection, after the mail
 * server has taken the mail and before that is written down leaves behind a mail that looks as if it was not sent. It is
 * sent again then, under the same Message-ID, by which the receiving side can know it. While only the database fails in
 * that moment, this process remembers what it has sent.
 */
export function createDelivery({ database, clock, logger, limits, box, send }: DeliveryParts) {
  /** Sent, and not written down yet: when each was. */
  const unwritten = new Map<string, Date>();

  /** Ends when nothing is due any more, the mail server can't be reached, or `isStopping` says so between two mails. */
  async function deliverDue(isStopping: () => boolean): Promise<void> {
    for (const [id, sentAt] of unwritten) await noteSent(id, sentAt);
    for (let ids = await findDue(); ids.length > 0; ids = await findDue()) {
      for (const id of ids) {
        if (isStopping()) return;
        const mail = await claim(id);
        if (mail && (await deliver(mail)) === "unreachable") return;
      }
    }
  }

  async function findDue(): Promise<string[]> {
    const rows = await database.fork().find(MailEntity, dueAt(new Date(clock.now())), {
      fields: ["id"],
      orderBy: { nextAttemptAt: "asc", id: "asc" },
      limit: BATCH,
    });
    return rows.map(({ id }) => id);
  }

  /** Null: somebody else has it. */
  async function claim(id: string): Promise<MailRow | null> {
    const now = clock.now();
    const em = database.fork();
    const taken = await em.nativeUpdate(
      MailEntity,
      { id, ...dueAt(new Date(now)) },
      { claimedUntil: new Date(now + limits.mailLease), attempts: raw<number>("attempts + 1") },
    );
    return taken === 1 ? em.findOne(MailEntity, id) : null;
  }

  async function deliver(mail: MailRow): Promise<SendOutcome["kind"]> {
    const body = open(mail);
    if (body === null) {
      await giveUp(mail, { code: "SEALED", response: "The body can't be opened: PASSWORD_PEPPER has changed" });
      return "refused";
    }
    const { id, toAddress: to, subject, messageId, createdAt: date } = mail;
    const outcome = await send({ to, subject, messageId, date, ...body });
    if (outcome.kind === "sent") {
      const sentAt = new Date(clock.now());
      unwritten.set(id, sentAt);
      await noteSent(id, sentAt);
      logger.info({ event: "mail_sent", mailId: id, kind: mail.kind, attempts: mail.attempts }, "mail sent");
    } else if (outcome.kind === "refused") {
      await giveUp(mail, outcome);
    } else {
      await delay(mail, outcome);
    }
    return outcome.kind;
  }

  function open({ id, body }: MailRow): MailBody | null {
    try {
      return JSON.parse(box.open(body, id)) as MailBody;
    } catch (error) {
      if (error instanceof SealBroken) return null;
      throw error;
    }
  }

  async function noteSent(id: string, sentAt: Date): Promise<void> {
    await database.fork().nativeUpdate(MailEntity, { id }, { ...SETTLED, sentAt, lastError: null });
    unwritten.delete(id);
  }

  async function delay(mail: MailRow, failure: Failure): Promise<void> {
    const wait = RETRY_AFTER[Math.min(mail.attempts, RETRY_AFTER.length) - 1] ?? MINUTE;
    const nextAttemptAt = new Date(clock.now() + wait);
    if (nextAttemptAt.getTime() > mail.createdAt.getTime() + limits.mailPatience) return giveUp(mail, failure);
    await change(mail, { nextAttemptAt, claimedUntil: null, lastError: inWords(failure) });
    logger.warn({ ...facts(mail, failure), event: "mail_delayed", nextAttemptAt }, "could not send a mail yet");
  }

  async function giveUp(mail: MailRow, failure: Failure): Promise<void> {
    await change(mail, { ...SETTLED, givenUpAt: new Date(clock.now()), lastError: inWords(failure) });
    logger.error({ ...facts(mail, failure), event: "mail_given_up" }, "gave up on a mail");
  }

  /** Of the attempt alone that this process made: should another one have the mail by now, that one decides. */
  async function change({ id, attempts }: MailRow, to: Partial<MailRow>): Promise<void> {
    await database.fork().nativeUpdate(MailEntity, { id, attempts, sentAt: null }, to);
  }

  return deliverDue;
}

type Failure = Omit<Extract<SendOutcome, { code: string }>, "kind">;

/** Its links are of no use to anybody any more. */
const SETTLED = { body: "", nextAttemptAt: null, claimedUntil: null };

function dueAt(now: Date) {
  return { nextAttemptAt: { $lte: now }, $or: [{ claimedUntil: null }, { claimedUntil: { $lte: now } }] };
}

/** What the log may know: not the address, nor what the mail server said, since that repeats it. */
function facts({ id, kind, attempts }: MailRow, { code }: Failure) {
  return { mailId: id, kind, attempts, code };
}

/** For whoever looks into the table. */
function inWords({ code, response }: Failure): string {
  return `${code} ${response}`.trim().slice(0, 500);
}
