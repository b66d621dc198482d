import type { Database, EntityManager } from "../../platform/db/database.ts";
import { enqueueMail, type MailParts } from "../../platform/mail/enqueue-mail.ts";
import { recordActivity } from "../activity/record-activity.ts";
import { mailLockout } from "../auth/mail-lockout.ts";
import { RecoveryRequestEntity } from "../auth/recovery-request.entity.ts";
import { issueAskedToken, type LinkLimits } from "../tokens/issue-token.ts";
import { findAccountByEmail } from "../users/queries.ts";

interface Parts extends MailParts {
  database: Pick<Database, "fork">;
  limits: LinkLimits;
}

const BATCH = 20;

/**
 * Looks after those who have forgotten their password. Whether there is such an account makes a difference only here,
 * where nobody waits for the answer. The request goes in the same transaction in which the mail comes: a crash leaves
 * one or the other, and of several processes one has it.
 */
export function createPasswordResets({ database, ...parts }: Parts) {
  return async function answerAll(isStopping: () => boolean): Promise<void> {
    await forgetStale();
    let last = "";
    for (let ids = await findAfter(last); ids.length > 0; ids = await findAfter(last)) {
      for (const id of ids) {
        if (isStopping()) return;
        last = id;
        await answerOne(id).catch(complain);
      }
    }
  };

  /** What could not be answered for as long as a link is good is not waited for any more. */
  async function forgetStale(): Promise<void> {
    const before = new Date(parts.clock.now() - parts.limits.mailedToken);
    await database.fork().nativeDelete(RecoveryRequestEntity, { createdAt: { $lt: before } });
  }

  async function findAfter(id: string): Promise<string[]> {
    const after = { id: { $gt: id } };
    const options = { fields: ["id"], orderBy: { id: "asc" }, limit: BATCH } as const;
    return (await database.fork().find(RecoveryRequestEntity, after, options)).map((row) => row.id);
  }

  function answerOne(id: string): Promise<void> {
    return database.fork().transactional((em) => answer(em, id));
  }

  async function answer(em: EntityManager, id: string): Promise<void> {
    const request = await em.findOne(RecoveryRequestEntity, id);
    const taken = await em.nativeDelete(RecoveryRequestEntity, { id });
    if (request === null || taken === 0) return;
    const account = await findAccountByEmail(em, request.email);
    if (account === null || account.isDisabled) return;
    if (request.kind !== "forgotten_password") return mailLockout(em, parts, account.user, request.kind);
    const { id: userId, email } = account.user;
    const { device, address } = request;
    const origin = { log: parts.logger, device, address };
    await recordActivity({ em, clock: parts.clock }, origin, { kind: "authn_password_reset_asked", userId });
    if (parts.mailer.way === "none") {
      parts.logger.warn(
        { event: "mail_not_sent", kind: "password_reset" },
        "no mail was sent, since SMTP_URL is not set",
      );
      return;
    }
    const { next = null } = request;
    const token = await issueAskedToken(em, parts, { purpose: "reset_password", userId, email, next });
    if (token !== null) await enqueueMail(em, parts, mailOf(email, `/reset-password#token=${token}`));
  }

  /** The others are answered all the same, and this one is tried again. */
  function complain(error: Error): void {
    parts.logger.warn({ error: error.message }, "could not look after a forgotten password yet");
  }
}

function mailOf(to: string, path: string) {
  return {
    kind: "password_reset",
    to,
    subject: "Choose a new password",
    heading: "Choose a new password",
    paragraphs: ["Somebody, most likely you, has forgotten the password of your account at Yumroad."],
    button: { label: "Choose a new password", path },
    closing:
      "The link is good for an hour, once. If you did not ask for it, you can ignore this mail: nothing changes.",
  };
}
