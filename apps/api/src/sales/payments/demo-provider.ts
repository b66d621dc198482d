import { createHmac } from "node:crypto";
import { CURRENCIES, type DemoPaymentInput } from "@yumroad/contract";
import * as z from "zod/mini";
import type { Database, EntityManager } from "../../platform/db/database.ts";
import { readRows } from "../../platform/db/read-rows.ts";
import { createWorker, type Worker } from "../../platform/jobs/worker.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import type { Logger } from "../../platform/lib/logger.ts";
import { DemoPaymentEntity, type DemoPaymentRow } from "./demo-payment.entity.ts";
import { type PaymentProvider, type PaymentState, WebhookInvalid } from "./payment-provider.ts";
import { assertWebhookSigned, signWebhook } from "./webhook-signature.ts";

export const DEMO_PROVIDER = "demo";
const SIGNATURE_HEADER = "demo-signature";
/** Time to pay, and time after which a payment that was put off arrives. */
export const DEMO_LIFETIME_MS = 60 * 60_000;
const SETTLES_AFTER_MS = 20_000;
const WEBHOOK_EVERY_MS = 2000;
const WEBHOOK_PATIENCE_MS = 5000;

/** The demo's provider, with what stands in for its own page and servers. */
export interface DemoProvider extends PaymentProvider {
  /** The payment of a session, as the provider's page shows it. Null: there is none. */
  find(session: string): Promise<DemoPaymentRow | null>;
  /** Pays or declines, as the buyer does on the provider's page. Null: there is no such session. */
  act(session: string, input: DemoPaymentInput): Promise<DemoPaymentRow | null>;
  /** Sends the webhooks that are due. */
  worker: Worker;
}

interface DemoProviderOptions {
  database: Pick<Database, "fork">;
  clock: Clock;
  logger: Logger;
  /** Secrets of the installation, newest first. The keys of sessions and of webhooks derive from them. */
  secrets: readonly string[];
  publicUrl: URL;
  /** Where the server listens; webhooks are posted there like those of a stranger. */
  ownUrl: () => string;
}

const Event = z.strictObject({ id: z.string(), kind: z.string(), session: z.string() });

/**
 * Makes the provider of the local demo. No money moves, but everything else is as with a real provider: it keeps its
 * payments for itself, the buyer leaves for a page of its own, and its webhooks are signed and may be late or lost.
 */
export function createDemoProvider(options: DemoProviderOptions): DemoProvider {
  const { database, clock, logger, secrets, publicUrl } = options;
  const keys = secrets.map((secret) => createHmac("sha256", secret).update("yumroad demo payments").digest("hex"));
  const [key = ""] = keys;
  const worker = createWorker((isStopping) => sendWebhooks({ ...options, key }, isStopping), {
    everyMs: WEBHOOK_EVERY_MS,
    logger,
    complaint: "could not send the demo's webhooks",
  });
  const find = (session: string) => findSettled(database.fork(), session, clock.now());

  return {
    name: DEMO_PROVIDER,
    ...{ currencies: new Set(CURRENCIES), isForOperatorsOnly: false, merchantOfRecord: null },
    find,
    worker,

    async begin(order, _urls) {
      // The same attempt has the same session, which nobody can guess.
      const session = createHmac("sha256", key).update(`${order.id} ${order.attempt}`).digest("base64url");
      const now = clock.now();
      const { amount, currency } = order.total;
      await database.fork().upsert(
        DemoPaymentEntity,
        {
          ...{ session, orderRef: order.ref, itemName: order.itemName, amount, currency, state: "open" },
          ...{
            endsAt: new Date(now + DEMO_LIFETIME_MS),
            settlesAt: null,
            webhookDueAt: null,
            createdAt: new Date(now),
          },
        },
        { onConflictAction: "ignore" },
      );
      const payment = await find(session);
      return {
        session,
        payAt: new URL(`/demo-pay/${session}`, publicUrl).href,
        endsAt: payment?.endsAt ?? new Date(now + DEMO_LIFETIME_MS),
      };
    },

    async look(session) {
      const payment = await find(session);
      return payment ? stateOf(payment) : { is: "expired", paid: null, payment: null };
    },

    hear(raw, headers) {
      assertWebhookSigned(raw, headers[SIGNATURE_HEADER], { secrets: keys, now: clock.now() });
      return Event.safeParse(parseJson(raw)).data ?? null;
    },

    async cancel(session) {
      await database.fork().nativeUpdate(DemoPaymentEntity, { session, state: "open" }, { state: "expired" });
    },

    refund: async (_payment, _money, key) => ({ is: "done", refund: `demo-refund-${key}` }),
    ...{ lookAtPayment: null, listNews: null, check: null },

    async act(session, { outcome, isUntold }) {
      const now = clock.now();
      const changes = {
        state: ({ pay: "paid", decline: "failed", pay_later: "pending" } as const)[outcome],
        settlesAt: outcome === "pay_later" ? new Date(now + SETTLES_AFTER_MS) : null,
        webhookDueAt: isUntold ? null : new Date(now),
      };
      // A session that has ended is not paid any more.
      const isPayable = { session, state: "open", endsAt: { $gt: new Date(now) } } as const;
      const changed = await database.fork().nativeUpdate(DemoPaymentEntity, isPayable, changes);
      if (changed === 1) worker.nudge();
      return find(session);
    },
  };
}

function parseJson(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString("utf8"));
  } catch {
    throw new WebhookInvalid("the body is no JSON");
  }
}

function stateOf({ session, state, amount, currency }: DemoPaymentRow): PaymentState {
  const payment = `demo-payment-${session}`;
  return state === "paid"
    ? { is: "paid", paid: { amount, currency }, payment }
    : { is: state, paid: null, payment: null };
}

/** The payment as it is by now: a pending one that has settled is paid, and an open one that has ended is expired. */
async function findSettled(em: EntityManager, session: string, now: number): Promise<DemoPaymentRow | null> {
  const payment = await findPayment(em, session);
  const changes = payment && changesBy(new Date(now), payment);
  if (!changes) return payment;
  await em.nativeUpdate(DemoPaymentEntity, { session, state: payment.state }, changes);
  return findPayment(em, session);
}

async function findPayment(em: EntityManager, session: string): Promise<DemoPaymentRow | null> {
  const sql = `
    select session as "session", order_ref as "orderRef", item_name as "itemName", amount as "amount",
      currency as "currency", state as "state", ends_at as "endsAt", settles_at as "settlesAt",
      webhook_due_at as "webhookDueAt", created_at as "createdAt"
    from demo_payments where session = ?`;
  const [payment] = await readRows<DemoPaymentRow & { settlesAt: Date | null; webhookDueAt: Date | null }>(em, sql, [
    session,
  ]);
  return payment ?? null;
}

/** What time alone has changed about a payment. Null: nothing. */
function changesBy(at: Date, { state, settlesAt, endsAt }: DemoPaymentRow): Partial<DemoPaymentRow> | null {
  if (state === "pending" && settlesAt && settlesAt <= at) return { state: "paid", settlesAt: null, webhookDueAt: at };
  if (state === "open" && endsAt <= at) return { state: "expired" };
  return null;
}

async function sendWebhooks(
  { database, clock, ownUrl, key }: DemoProviderOptions & { key: string },
  isStopping: () => boolean,
): Promise<void> {
  const em = database.fork();
  const at = new Date(clock.now());
  const settling = await em.find(DemoPaymentEntity, { state: "pending", settlesAt: { $lte: at } });
  for (const { session } of settling) await findSettled(em.fork(), session, clock.now());
  const due = await em.fork().find(DemoPaymentEntity, { webhookDueAt: { $lte: at } }, { limit: 100 });
  for (const { session, state, webhookDueAt } of due) {
    if (isStopping()) return;
    const kind = `payment.${state}`;
    const raw = JSON.stringify({ id: `${kind}-${session}`, kind, session });
    const answer = await fetch(new URL(`/webhooks/${DEMO_PROVIDER}`, ownUrl()), {
      method: "POST",
      headers: {
        "content-type": "application/json",
        [SIGNATURE_HEADER]: signWebhook(raw, { secret: key, now: clock.now() }),
      },
      body: raw,
      signal: AbortSignal.timeout(WEBHOOK_PATIENCE_MS),
    });
    // Otherwise it is sent again at the next run, as real providers do it.
    if (answer.ok) await em.fork().nativeUpdate(DemoPaymentEntity, { session, webhookDueAt }, { webhookDueAt: null });
  }
}
