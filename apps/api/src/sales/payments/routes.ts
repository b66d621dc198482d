import { type DemoPayment, endpoints } from "@yumroad/contract";
import { Refusal } from "../../platform/http/problem.ts";
import type { Serve } from "../../platform/http/serve.ts";
import type { DemoPaymentRow } from "./demo-payment.entity.ts";
import type { DemoProvider } from "./demo-provider.ts";

interface DemoNeeds {
  /** Null except in the local demo. */
  demoProvider: DemoProvider | null;
}

/** The page of the demo's payment provider, which stands in for one on another site. */
export function serveDemoPayments(serve: Serve<DemoNeeds>): void {
  serve(endpoints.payments.getDemo, async ({ ctx, params }) => {
    const payment = (await ctx.demoProvider?.find(params.session)) ?? null;
    return payment ? { body: presentPayment(payment) } : new Refusal("not_found");
  });

  serve(endpoints.payments.actOnDemo, async ({ ctx, params, body }) => {
    const payment = (await ctx.demoProvider?.act(params.session, body)) ?? null;
    return payment ? { body: presentPayment(payment) } : new Refusal("not_found");
  });
}

function presentPayment({ orderRef, itemName, amount, currency, state }: DemoPaymentRow): DemoPayment {
  return { ref: orderRef, product: itemName, price: { amount, currency }, state };
}
