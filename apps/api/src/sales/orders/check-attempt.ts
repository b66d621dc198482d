import { inTransaction } from "../../platform/http/context.ts";
import { type PaymentProviders, type PaymentState, providerNamed } from "../payments/payment-provider.ts";
import { applyPaymentState } from "./apply-payment-state.ts";
import type { FulfilContext } from "./fulfil-order.ts";
import type { PaymentAttemptRow } from "./payment-attempt.entity.ts";

/** An attempt that the provider knows. */
export type BegunAttempt = PaymentAttemptRow & { session: string };

/** Asks the provider how far an attempt is, and brings its order to that state. Throws `ProviderUnavailable`. */
export async function checkAttempt(
  ctx: FulfilContext & { payments: PaymentProviders },
  attempt: BegunAttempt,
): Promise<PaymentState["is"]> {
  const state = await providerNamed(ctx.payments, attempt.provider).look(attempt.session);
  await inTransaction(ctx, (ctx) => applyPaymentState(ctx, { orderId: attempt.order.id, attempt, state }));
  return state.is;
}

export function isBegun(attempt: PaymentAttemptRow): attempt is BegunAttempt {
  return attempt.session !== null && attempt.session !== undefined;
}
