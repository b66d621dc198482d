import { endpoints, type PaymentHealth } from "@yumroad/contract";
import type { Context } from "../../platform/http/context.ts";
import { Refusal } from "../../platform/http/problem.ts";
import type { Serve } from "../../platform/http/serve.ts";
import type { PaymentContext } from "../../sales/orders/begin-payment.ts";
import { whileReachable } from "../../sales/payments/while-reachable.ts";
import { checkPayments } from "./check-payments.ts";
import { checkSetup, type SetupContext } from "./check-setup.ts";
import { presentStuckOrder } from "./present.ts";
import { countStuckOrders, countWeekOfPayments, listStuckOrders } from "./queries.ts";

type PaymentNeeds = Omit<PaymentContext, keyof Context> & Omit<SetupContext, keyof Context>;

/** Serves the state of the shop's payments to its operators. */
export function serveOperatorPayments(serve: Serve<PaymentNeeds>): void {
  serve(endpoints.operator.getPayments, async ({ ctx }) => ({ body: await readHealth(ctx) }));

  serve(endpoints.operator.checkPaymentSetup, async ({ ctx }) => ({ body: { findings: await checkSetup(ctx) } }));

  serve(endpoints.operator.checkPayments, async ({ ctx }) => {
    const outcome = await whileReachable(() => checkPayments(ctx));
    return outcome instanceof Refusal ? outcome : { body: { ...outcome, payments: await readHealth(ctx) } };
  });
}

async function readHealth(ctx: Pick<Context, "em" | "clock">): Promise<PaymentHealth> {
  const em = ctx.em.fork();
  const now = ctx.clock.now();
  return {
    counts: await countStuckOrders(em, now),
    orders: (await listStuckOrders(em, now)).map(presentStuckOrder),
    lastWeek: await countWeekOfPayments(em, now),
  };
}
