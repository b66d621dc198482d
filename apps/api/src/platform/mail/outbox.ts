import { raw } from "@mikro-orm/core";
import type { Limits } from "../../config/limits.ts";
import type { Database } from "../db/database.ts";
import type { Clock } from "../lib/clock.ts";
import type { Logger } from "../lib/logger.ts";
import { MailEntity, type MailRow } from "./mail.entity.ts";
import type { SendOutcome } from "./smtp.ts";

export interface OutboxParts {
  database: Pick<Database, "fork">;
  clock: Clock;
  logger: Logger;
  limits: Pick<Limits, "mailLease" | "mailPatience">;
}

type Failure = Omit<Extract<SendOutcome, { code: string }>, "kind">;

const MINUTE = 60_000;
/** Milliseconds from each failed attempt to the next one. The last value is used for all further attempts. */
const RETRY_AFTER = [MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE];

/** Creates the access to the table of mails: the queries and updates that delivery needs. */
export function createOutbox({ database, clock, logger, limits }: OutboxParts) {
  /** Changes the mail only if it was not sent and no other process has claimed it after this process did. */
  async function change({ id, attempts }: MailRow, to: Partial<MailRow>): Promise<void> {
    await database.fork().nativeUpdate(MailEntity, { id, attempts, sentAt: null }, to);
  }

  async function giveUp(mail: MailRow, failure: Failure): Promise<void> {
    await change(mail, { ...NO_MORE_ATTEMPTS, givenUpAt: new Date(clock.now()), lastError: inWords(failure) });
    logger.error({ ...facts(mail, failure), event: "mail_given_up" }, "gave up on a mail");
  }

  return {
    giveUp,

    /** Ids of the mails that are due, first those of the most urgent lane, and of a lane the oldest. */
    async findDue(limit: number): Promise<string[]> {
      const rows = await database.fork().find(MailEntity, dueAt(new Date(clock.now())), {
        fields: ["id"],
        orderBy: { lane: "asc", nextAttemptAt: "asc", id: "asc" },
        limit,
      });
      return rows.map(({ id }) => id);
    },

    /**
     * Claims a mail for this process. Null: the mail is no longer due, for example because another process has claimed
     * it.
     */
    async claim(id: string): Promise<MailRow | null> {
      const now = clock.now();
      const em = database.fork();
      const taken = await em.nativeUpdate(
        MailEntity,
        { id, ...dueAt(new Date(now)) },
        { claimedUntil: new Date(now + limits.mailLease), attempts: raw<number>("attempts + 1") },
      );
      return taken === 1 ? em.findOne(MailEntity, id) : null;
    },

    async noteSent(id: string, sentAt: Date): Promise<void> {
      await database
        .fork()
        .nativeUpdate(MailEntity, { id }, { ...NO_MORE_ATTEMPTS, body: "", sentAt, lastError: null });
    },

    async delay(mail: MailRow, failure: Failure): Promise<void> {
      const wait = RETRY_AFTER[Math.min(mail.attempts, RETRY_AFTER.length) - 1] ?? MINUTE;
      const nextAttemptAt = new Date(clock.now() + wait);
      if (nextAttemptAt.getTime() > mail.createdAt.getTime() + limits.mailPatience) return giveUp(mail, failure);
      await change(mail, { nextAttemptAt, claimedUntil: null, lastError: inWords(failure) });
      logger.warn({ ...facts(mail, failure), event: "mail_delayed", nextAttemptAt }, "could not send a mail yet");
    },
  };
}

/**
 * Changes of a mail that was sent or given up. The body of a sent one is emptied, since its links open accounts; that
 * of one that was given up is kept for `limits.mailTextKept`, so that an operator can retry it.
 */
const NO_MORE_ATTEMPTS = { nextAttemptAt: null, claimedUntil: null };

function dueAt(now: Date) {
  return { nextAttemptAt: { $lte: now }, ...unclaimedAt(now) };
}

/** The mails that no process is sending. */
export function unclaimedAt(now: Date) {
  return { $or: [{ claimedUntil: null }, { claimedUntil: { $lte: now } }] };
}

/**
 * Fields for the log. They include neither the recipient's address nor the mail server's reply, which repeats the
 * address.
 */
function facts({ id, kind, attempts }: MailRow, { code }: Failure) {
  return { mailId: id, kind, attempts, code };
}

/** The failure as text for the column `lastError`. */
function inWords({ code, response }: Failure): string {
  return `${code} ${response}`.trim().slice(0, 500);
}
