import type { IncomingHttpHeaders } from "node:http";
import { inTransaction } from "../../platform/http/context.ts";
import { type PaymentNews, WebhookInvalid } from "../payments/payment-provider.ts";
import { applyPaymentState } from "./apply-payment-state.ts";
import type { PaymentContext } from "./begin-payment.ts";
import { findAttempt } from "./queries.ts";

interface Webhook {
  provider: string;
  raw: Buffer;
  headers: IncomingHttpHeaders;
}

/**
 * Receives a webhook. It only says which payment to ask about: the provider's answer decides, so a webhook that is late,
 * repeated or out of order does no harm. A webhook about an unknown session is accepted: it is of another installation,
 * or of a checkout that the sweep goes on with. Errors of the database are thrown, and `ProviderUnavailable` too, so that
 * the provider sends it again; it is logged in the transaction of its effect.
 */
export async function receiveWebhook(
  ctx: PaymentContext,
  { provider: name, raw, headers }: Webhook,
): Promise<"accepted" | "webhook_invalid" | "not_found"> {
  const provider = ctx.payments.get(name);
  if (!provider?.hear) return "not_found";
  let news: PaymentNews | null;
  try {
    news = provider.hear(raw, headers);
  } catch (error) {
    if (!(error instanceof WebhookInvalid)) throw error;
    ctx.log.warn({ event: "webhook_refused", provider: name, reason: error.message }, "webhook refused");
    return "webhook_invalid";
  }
  if (news === null) return "accepted";
  const { id, kind, session } = news;
  const attempt = session === undefined ? null : await findAttempt(ctx.em, { provider: name, session });
  const state = attempt && session !== undefined ? await provider.look(session) : null;
  await inTransaction(ctx, async (ctx) => {
    if (attempt && state) await applyPaymentState(ctx, { orderId: attempt.orderId, attempt, state });
    await ctx.em.execute(
      "insert into payment_events (provider, event_id, kind, order_id, received_at) values (?, ?, ?, ?, ?) on conflict do nothing",
      [name, id, kind, attempt?.orderId ?? null, new Date(ctx.clock.now())],
    );
  });
  return "accepted";
}
