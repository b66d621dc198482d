import type { EntityManager } from "../../platform/db/database.ts";
import { backgroundContext } from "../../platform/http/background-context.ts";
import type { PaymentJob } from "../orders/check-due-orders.ts";
import type { PaymentNews, PaymentProvider } from "../payments/payment-provider.ts";
import type { RefundMailLimits } from "../sales/mail-refund.ts";
import { applyPaymentNews } from "./receive-webhook.ts";

/** How far back events are looked for; providers send a webhook again for about three days. */
const SINCE_MS = 3 * 24 * 60 * 60_000;

/**
 * Finds refunds and disputes of which no webhook has come: an endpoint can be missing, or was set up later. Payments need
 * none of this, since each order that waits for one is asked about by itself. An event that fails does not stop the others.
 */
export async function findMissedNews(parts: PaymentJob & RefundMailLimits, isStopping: () => boolean): Promise<void> {
  const since = new Date(parts.clock.now() - SINCE_MS);
  for (const provider of parts.payments.values()) {
    const all = (await provider.listNews?.(since)) ?? [];
    for (const news of await withoutKnown(parts.database.fork(), provider, all)) {
      if (isStopping()) return;
      await applyPaymentNews(backgroundContext(parts), provider, { ...news, isHeard: false }).catch((error: Error) =>
        parts.logger.warn({ payment: news.payment, error: error.message }, "could not look after a refund or dispute"),
      );
    }
  }
}

/** News of payments that no webhook has told of, nor an earlier run, the oldest first. */
async function withoutKnown(
  em: EntityManager,
  { name }: PaymentProvider,
  all: readonly PaymentNews[],
): Promise<(PaymentNews & { payment: string })[]> {
  if (all.length === 0) return [];
  const places = all.map(() => "?").join(", ");
  const sql = `select event_id from payment_events where provider = ? and event_id in (${places})`;
  const rows = await em.execute<{ event_id: string }[]>(sql, [name, ...all.map(({ id }) => id)]);
  const known = new Set(rows.map(({ event_id }) => event_id));
  return all.flatMap((news) => (news.payment !== undefined && !known.has(news.id) ? [news] : [])).toReversed();
}
