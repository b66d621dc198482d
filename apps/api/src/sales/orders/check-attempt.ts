import { inTransaction } from "../../platform/http/context.ts";
import { type PaymentProviders, type PaymentState, providerNamed } from "../payments/payment-provider.ts";
import { applyPaymentState } from "./apply-payment-state.ts";
import type { FulfilContext } from "./fulfil-order.ts";
import { OrderEntity } from "./order.entity.ts";
import { PaymentAttemptEntity, type PaymentAttemptRow } from "./payment-attempt.entity.ts";

/** An attempt that the provider knows. */
export type BegunAttempt = PaymentAttemptRow & { session: string };

/** Time after the end of payment in which money may still arrive: transfers take longer. */
export const OPEN_PATIENCE = 3 * 24 * 60 * 60_000;

/**
 * Asks the provider how far an attempt is, and brings its order to that state. An attempt that is still open long after
 * the time to pay has expired, whatever the provider says: of a payment outside of the shop it never says more. One that
 * the provider does not know stays as it is, however old: it may have been paid on another account. Throws
 * `ProviderUnavailable`.
 */
export async function checkAttempt(
  ctx: FulfilContext & { payments: PaymentProviders },
  attempt: BegunAttempt,
): Promise<PaymentState["is"]> {
  const orderId = attempt.order.id;
  const seen = await providerNamed(ctx.payments, attempt.provider).look(attempt.session);
  if (seen === null) {
    await noteNotFound(ctx, attempt);
    return attempt.state;
  }
  return inTransaction(ctx, async (ctx) => {
    if (attempt.notFoundAt) await ctx.em.nativeUpdate(PaymentAttemptEntity, attempt.id, { notFoundAt: null });
    const hasExpired = seen.is === "open" && attempt.state === "open" && (await isTimeOver(ctx, orderId));
    const state = hasExpired ? { ...seen, is: "expired" as const } : seen;
    await applyPaymentState(ctx, { orderId, attempt, state });
    return state.is;
  });
}

/** Marks an attempt for the operator whose payment nobody can tell of. One that has ended can't have been paid. */
async function noteNotFound({ em, clock, log }: FulfilContext, { id, order, session }: BegunAttempt): Promise<void> {
  const isNew = { id, notFoundAt: null, state: { $in: ["open", "pending"] } } as const;
  const noted = await em.fork().nativeUpdate(PaymentAttemptEntity, isNew, { notFoundAt: new Date(clock.now()) });
  const facts = { event: "payment_not_found", orderId: order.id, session };
  if (noted === 1) log.error(facts, "the payment provider does not know a payment: was its account changed?");
}

async function isTimeOver({ em, clock }: FulfilContext, orderId: string): Promise<boolean> {
  const payUntil = { $lt: new Date(clock.now() - OPEN_PATIENCE) };
  return (await em.count(OrderEntity, { id: orderId, payUntil })) > 0;
}

export function isBegun(attempt: PaymentAttemptRow): attempt is BegunAttempt {
  return attempt.session !== null && attempt.session !== undefined;
}
