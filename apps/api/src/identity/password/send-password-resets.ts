import type { Database } from "../../platform/db/database.ts";
import { backgroundContext } from "../../platform/http/background-context.ts";
import { extendContext, inTransaction } from "../../platform/http/context.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import type { Logger } from "../../platform/lib/logger.ts";
import { enqueueMail, type MailContext, type MailQueue } from "../../platform/mail/enqueue-mail.ts";
import { resetPasswordWords } from "../../words/account-mails.ts";
import { type ActivityContext, recordActivity } from "../activity/record-activity.ts";
import { type LockoutLimits, mailLockout } from "../auth/mail-lockout.ts";
import { RecoveryRequestEntity } from "../auth/recovery-request.entity.ts";
import { issueAskedToken, type TokenContext } from "../tokens/issue-token.ts";
import { type AccountUser, findAccountByEmail } from "../users/queries.ts";

interface JobContext {
  database: Pick<Database, "fork">;
  clock: Clock;
  logger: Logger;
  limits: LockoutLimits;
  mailer: MailQueue;
}

type AnswerContext = ActivityContext & MailContext & TokenContext;

const BATCH = 20;

/**
 * Answers all stored requests for a mail that leads back into an account. This job looks up the account, because no
 * response waits for the job. Deletes a request in the transaction that enqueues its mail: a crash leaves either the
 * request or the mail, and of several processes only one handles the request. An operator whose address was never
 * verified gets no link to a new password, since its reader may be a stranger (see `isStrangersLink`).
 */
export async function sendPasswordResets(job: JobContext, isStopping: () => boolean): Promise<void> {
  await forgetStale(job);
  let last = "";
  for (let ids = await findAfter(job, last); ids.length > 0; ids = await findAfter(job, last)) {
    for (const id of ids) {
      if (isStopping()) return;
      last = id;
      // After an error the loop continues with the next request; the next run tries the failed one again.
      await answerOne(job, id).catch((error: Error) =>
        job.logger.warn({ error: error.message }, "could not look after a forgotten password yet"),
      );
    }
  }
}

/** Deletes requests that stayed unanswered for the lifetime of a mailed link. */
async function forgetStale({ database, clock, limits }: JobContext): Promise<void> {
  const before = new Date(clock.now() - limits.mailedToken);
  await database.fork().nativeDelete(RecoveryRequestEntity, { createdAt: { $lt: before } });
}

async function findAfter({ database }: JobContext, id: string): Promise<string[]> {
  const after = { id: { $gt: id } };
  const options = { fields: ["id"], orderBy: { id: "asc" }, limit: BATCH } as const;
  return (await database.fork().find(RecoveryRequestEntity, after, options)).map((row) => row.id);
}

function answerOne(job: JobContext, id: string): Promise<void> {
  return inTransaction(backgroundContext(job), async (ctx) => {
    const { em } = ctx;
    const request = await em.findOne(RecoveryRequestEntity, id);
    const taken = await em.nativeDelete(RecoveryRequestEntity, { id });
    if (request === null || taken === 0) return;
    const account = await findAccountByEmail(em, request.email);
    if (account === null || account.isDisabled) return;
    const { kind, device, address, next = null } = request;
    if (kind !== "forgotten_password") return mailLockout(ctx, account.user, kind);
    if (account.user.isOperator && !account.isEmailVerified) return;
    const client = { log: ctx.log, device, address };
    await mailReset(extendContext(ctx, { client }), account.user, next);
  });
}

async function mailReset(ctx: AnswerContext, { id: userId, email }: AccountUser, next: string | null): Promise<void> {
  await recordActivity(ctx, { kind: "authn_password_reset_asked", userId });
  if (ctx.mailer.way === "none") {
    ctx.log.warn({ event: "mail_not_sent", kind: "password_reset" }, "no mail was sent, since SMTP_URL is not set");
    return;
  }
  const token = await issueAskedToken(ctx, { purpose: "reset_password", userId, email, next });
  if (token === null) return;
  const words = resetPasswordWords({ linkMs: ctx.limits.mailedToken });
  await enqueueMail(ctx, {
    kind: "password_reset",
    to: email,
    ...words,
    button: { label: words.buttonLabel, path: `/reset-password#token=${token}` },
  });
}
