import type { Limits } from "../../config/limits.ts";
import { ACTIVE_OPERATOR } from "../../identity/users/is-last-operator.ts";
import { UserEntity } from "../../identity/users/user.entity.ts";
import type { Database } from "../../platform/db/database.ts";
import { backgroundContext } from "../../platform/http/background-context.ts";
import { inTransaction } from "../../platform/http/context.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import type { Logger } from "../../platform/lib/logger.ts";
import { enqueueMail, enqueueMails, type MailContext, type MailQueue } from "../../platform/mail/enqueue-mail.ts";
import type { LimitKey, RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import { acknowledgementWords, strayWithdrawalWords, withdrawalNoticeWords } from "../../words/withdrawal-mails.ts";
import { mailSeller } from "../orders/mail-seller.ts";
import { takeMail } from "../orders/take-mail.ts";
import { judgeRight } from "./judge-right.ts";
import { findWithdrawnOrder, type WithdrawnOrder } from "./queries.ts";
import { WithdrawalEntity, type WithdrawalRow } from "./withdrawal.entity.ts";

interface AnswerParts {
  database: Database;
  clock: Clock;
  logger: Logger;
  mailer: MailQueue;
  limits: Pick<Limits, "withdrawalMails" | "withdrawalNotices">;
  rateLimiter: RateLimiter;
}

type AnswerContext = MailContext & AnswerParts;

const BATCH = 50;

/**
 * Looks for the orders of statements that have arrived, confirms each by email, and tells who has to see to it. It is
 * done here, where nobody waits for the answer: the time that an answer takes does not tell whether there is such an order.
 */
export async function answerWithdrawals(parts: AnswerParts, isStopping: () => boolean): Promise<void> {
  const { database, logger } = parts;
  const arrived = await database
    .fork()
    .find(WithdrawalEntity, { answeredAt: null }, { orderBy: { id: "asc" }, limit: BATCH });
  for (const { id } of arrived) {
    if (isStopping()) return;
    await answerOne(parts, id).catch((error: Error) =>
      logger.warn({ error: error.message }, "could not answer a withdrawal yet"),
    );
  }
}

function answerOne(parts: AnswerParts, id: string): Promise<void> {
  return inTransaction(backgroundContext(parts), async (ctx) => {
    const { em, clock } = ctx;
    const now = new Date(clock.now());
    // Of several processes, one answers.
    if ((await em.nativeUpdate(WithdrawalEntity, { id, answeredAt: null }, { answeredAt: now })) === 0) return;
    const withdrawal = await em.findOneOrFail(WithdrawalEntity, id);
    const order = await findWithdrawnOrder(em, withdrawal);
    const isAcknowledged = await acknowledge(ctx, withdrawal, order);
    if (order) {
      const { right, endedAt } = judgeRight(order, withdrawal.receivedAt);
      const known = { order: order.id, rightState: right, rightEndedAt: endedAt };
      await em.nativeUpdate(WithdrawalEntity, { id }, known);
    }
    if (isAcknowledged) await em.nativeUpdate(WithdrawalEntity, { id }, { acknowledgedAt: now });
  });
}

/**
 * Confirms a statement and tells who has to see to it. False: it was not confirmed. Anybody can type another person's
 * email, so an email is confirmed few statements a day. Who knows the number of one of its orders as well counts apart:
 * strangers can't use up a buyer's confirmations.
 */
async function acknowledge(
  ctx: AnswerContext,
  withdrawal: WithdrawalRow,
  order: WithdrawnOrder | null,
): Promise<boolean> {
  const { limits, rateLimiter } = ctx;
  const name = order ? `withdrawal-mails-of:${order.id}` : "withdrawal-mails-for";
  if (!(await takeMail(rateLimiter, { name, email: withdrawal.contact, limit: limits.withdrawalMails }))) return false;
  const id = await enqueueMail(ctx, {
    kind: "withdrawal",
    to: withdrawal.contact,
    ...acknowledgementWords({ ...withdrawal, order: order?.ref ?? null }),
  });
  if (order) await tellSeller(ctx, withdrawal, order);
  else await tellOperators(ctx, withdrawal);
  return id !== null;
}

async function tellSeller(ctx: AnswerContext, { receivedAt }: WithdrawalRow, order: WithdrawnOrder): Promise<void> {
  const isPaidFor = order.paidAt !== null && order.total > 0;
  // Anybody can order what is free, as often as they like.
  if (!isPaidFor && !(await takeNotice(ctx, `withdrawal-notices-to:${order.storeId}`))) return;
  const words = withdrawalNoticeWords({ ref: order.ref, buyerEmail: order.email, receivedAt });
  await mailSeller(ctx, order, { kind: "withdrawal_notice", words });
}

/** A statement whose order is not found may still be one: a person has to read it. */
async function tellOperators(ctx: AnswerContext, withdrawal: WithdrawalRow): Promise<void> {
  if (!(await takeNotice(ctx, "withdrawal-notices-to:operators"))) return;
  const operators = await ctx.em.find(UserEntity, ACTIVE_OPERATOR, { fields: ["email"] });
  const words = strayWithdrawalWords(withdrawal);
  await enqueueMails(
    ctx,
    operators.map(({ email: to }) => ({ kind: "withdrawal_notice" as const, to, ...words })),
  );
}

async function takeNotice({ rateLimiter, limits }: AnswerContext, key: string): Promise<boolean> {
  const limitKey: LimitKey = { key, limit: limits.withdrawalNotices };
  return (await rateLimiter.consume([limitKey])).isAllowed;
}
