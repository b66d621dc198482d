import { v7 as uuid } from "uuid";
import type { Context } from "../../platform/http/context.ts";
import type { OrderRow } from "./order.entity.ts";
import { PaymentAttemptEntity } from "./payment-attempt.entity.ts";

/** Adds an attempt to pay an order. The provider has not been asked about it yet. */
export async function insertAttempt(
  { em, clock }: Pick<Context, "em" | "clock">,
  { order, n, provider }: { order: OrderRow; n: number; provider: string },
): Promise<void> {
  await em.insert(PaymentAttemptEntity, {
    ...{ id: uuid(), order, n, provider, session: null, payAt: null, payment: null, state: "open" },
    ...{ paidAmount: null, paidCurrency: null, trouble: null },
    createdAt: new Date(clock.now()),
  });
}
