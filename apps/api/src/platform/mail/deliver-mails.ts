import type { Limits } from "../../config/limits.ts";
import { answerWords } from "../../words/answers.ts";
import { SealBroken, type SealedBox } from "../lib/sealed-box.ts";
import type { MailBody } from "./enqueue-mail.ts";
import type { MailRow } from "./mail.entity.ts";
import { createOutbox, type OutboxParts } from "./outbox.ts";
import type { SendMail, SendOutcome } from "./smtp.ts";

export interface DeliveryParts extends OutboxParts {
  box: SealedBox;
  send: SendMail;
  limits: OutboxParts["limits"] & Pick<Limits, "mailsAtOnce">;
}

/** Mails that are found before one of them is claimed: others may claim the first of them at the same time. */
const AT_A_LOOK = 5;

/**
 * Makes the function that sends due mails, a few at once: the most urgent lane first, so that a mail about an account
 * does not wait for the notices of a thousand sales, and within a lane the oldest. Any number of processes may run it at once: a
 * conditional update claims each mail for one process for `limits.mailLease`. If that process dies, another process
 * claims the mail after the lease, so no mail is lost.
 * A mail is sent twice if the process dies or loses its connection after the mail server has accepted the mail and
 * before the database has recorded it, because SMTP can't tell if a mail was already accepted. Both copies have the
 * same Message-ID, by which the recipient's system can recognise the second. If only the database fails at that point,
 * this process remembers that the mail was sent.
 */
export function createDelivery({ send, box, ...parts }: DeliveryParts) {
  const { clock, logger, limits } = parts;
  const outbox = createOutbox(parts);
  /** Ids of the mails that were sent but are not recorded as sent yet, each with the time of sending. */
  const unwritten = new Map<string, Date>();

  async function noteSent(id: string, sentAt: Date): Promise<void> {
    await outbox.noteSent(id, sentAt);
    unwritten.delete(id);
  }

  async function deliver(mail: MailRow): Promise<SendOutcome["kind"]> {
    const body = open(mail, box);
    if (body === null) {
      await outbox.giveUp(mail, { code: "SEALED", response: answerWords.mailSealed });
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
      await outbox.giveUp(mail, outcome);
    } else {
      await outbox.delay(mail, outcome);
    }
    return outcome.kind;
  }

  /** Claims the first mail that is due and that nobody else claims meanwhile. Null: none is due. */
  async function claimNext(): Promise<MailRow | null> {
    for (let ids = await outbox.findDue(AT_A_LOOK); ids.length > 0; ids = await outbox.findDue(AT_A_LOOK)) {
      for (const id of ids) {
        const mail = await outbox.claim(id);
        if (mail) return mail;
      }
    }
    return null;
  }

  /**
   * Ends when no mail is due, when the mail server can't be reached, or between two mails when `isStopping` returns
   * true. The first mail goes alone: if the mail server is away, only that one is tried in vain.
   */
  return async function deliverDue(isStopping: () => boolean): Promise<void> {
    for (const [id, sentAt] of unwritten) await noteSent(id, sentAt);
    let isOver = false;
    async function deliverNext(): Promise<void> {
      const mail = isStopping() ? null : await claimNext();
      if (mail === null || (await deliver(mail)) === "unreachable") isOver = true;
    }
    async function deliverAll(): Promise<void> {
      while (!isOver) await deliverNext();
    }
    await deliverNext();
    // All are waited for, also if one fails: a run that goes on would be two at once with the next.
    const all = await Promise.allSettled(Array.from({ length: limits.mailsAtOnce }, deliverAll));
    for (const one of all) if (one.status === "rejected") throw one.reason;
  };
}

function open({ id, body }: MailRow, box: SealedBox): MailBody | null {
  try {
    return JSON.parse(box.open(body, id)) as MailBody;
  } catch (error) {
    if (error instanceof SealBroken) return null;
    throw error;
  }
}
