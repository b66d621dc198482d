import type { IncomingHttpHeaders } from "node:http";
import type { EntityManager } from "../../platform/db/database.ts";
import { readRows } from "../../platform/db/read-rows.ts";
import { inTransaction } from "../../platform/http/context.ts";
import { applyPaymentState } from "../orders/apply-payment-state.ts";
import { findAttempt } from "../orders/queries.ts";
import { type PaymentNews, type PaymentProvider, WebhookInvalid } from "../payments/payment-provider.ts";
import { applyPaymentHistory } from "../sales/apply-payment-history.ts";
import type { RefundContext } from "../sales/finish-refund.ts";

interface Webhook {
  provider: string;
  raw: Buffer;
  headers: IncomingHttpHeaders;
}

/**
 * Receives a webhook. It only says which payment to ask about: the provider's answer decides, so a webhook that is late,
 * repeated or out of order does no harm. A webhook about an unknown session is accepted: it is of another installation,
 * or of a checkout that the sweep goes on with. One that nobody has signed returns why. Errors of the database are thrown, and `ProviderUnavailable` too, so that
 * the provider sends it again.
 */
export async function receiveWebhook(
  ctx: RefundContext,
  { provider: name, raw, headers }: Webhook,
): Promise<"accepted" | "not_found" | WebhookInvalid> {
  const provider = ctx.payments.get(name);
  if (!provider?.hear) return "not_found";
  let news: PaymentNews | null;
  try {
    news = provider.hear(raw, headers);
  } catch (error) {
    if (error instanceof WebhookInvalid) return error;
    throw error;
  }
  if (news !== null) await applyNews(ctx, provider, news);
  return "accepted";
}

/** Asks the provider about what has happened, and brings the order to it. Throws `ProviderUnavailable`. */
async function applyNews(ctx: RefundContext, provider: PaymentProvider, news: PaymentNews): Promise<void> {
  if (news.session === undefined) await applyPaymentNews(ctx, provider, { ...news, isHeard: true });
  else await applySessionNews(ctx, provider, news);
}

/** The webhook is logged in the transaction of its effect. */
async function applySessionNews(
  ctx: RefundContext,
  provider: PaymentProvider,
  news: PaymentNews & { session: string },
): Promise<void> {
  const { session } = news;
  const attempt = await findAttempt(ctx.em, { provider: provider.name, session });
  const state = attempt && (await provider.look(session));
  await inTransaction(ctx, async (ctx) => {
    if (attempt && state) await applyPaymentState(ctx, { orderId: attempt.orderId, attempt, state });
    await logNews(ctx, { provider: provider.name, news, orderId: attempt?.orderId ?? null });
  });
}

/**
 * Brings an order to what the provider has of refunds and disputes. Of a payment that is not stored yet nothing is logged:
 * it is looked at when it is stored (`lookAtNewPayments`). `isHeard`: a webhook has told of it. Throws `ProviderUnavailable`.
 */
export async function applyPaymentNews(
  ctx: RefundContext,
  provider: PaymentProvider,
  news: PaymentNews & { payment: string; isHeard: boolean },
): Promise<void> {
  const attempt = await findAttemptOfPayment(ctx.em, { provider: provider.name, payment: news.payment });
  if (attempt === null) return;
  const { id: attemptId, orderId } = attempt;
  await applyPaymentHistory(ctx, provider, { orderId, attemptId, payment: news.payment });
  // The operator's page counts orders about which a webhook has come.
  await logNews(ctx, { provider: provider.name, news, orderId: news.isHeard ? orderId : null });
}

async function logNews(
  { em, clock }: Pick<RefundContext, "em" | "clock">,
  { provider, news, orderId }: { provider: string; news: PaymentNews; orderId: string | null },
): Promise<void> {
  const sql = `insert into payment_events (provider, event_id, kind, order_id, received_at) values (?, ?, ?, ?, ?)
    on conflict do nothing`;
  await em.execute(sql, [provider, news.id, news.kind, orderId, new Date(clock.now())]);
}

async function findAttemptOfPayment(
  em: EntityManager,
  { provider, payment }: { provider: string; payment: string },
): Promise<{ id: string; orderId: string } | null> {
  const sql = `select id as "id", order_id as "orderId" from payment_attempts where provider = ? and payment = ?`;
  const [row] = await readRows<{ id: string; orderId: string }>(em, sql, [provider, payment]);
  return row ?? null;
}
