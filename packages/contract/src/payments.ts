import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";
import { Money } from "./money.ts";

/** What the demo's payment page shows. No money moves. */
export const DemoPayment = z.strictObject({
  ref: z.string(),
  product: z.string(),
  price: Money,
  state: z.enum(["open", "pending", "paid", "failed", "expired"]),
});
export type DemoPayment = z.infer<typeof DemoPayment>;

const DemoSession = z.strictObject({ session: z.string().check(z.regex(/^[\w-]{43}$/)) });

export const DemoPaymentInput = z.strictObject({
  /** `pay_later`: the payment is pending, and arrives after a while. */
  outcome: z.enum(["pay", "decline", "pay_later"]),
  /** True: the shop is not told, as when a webhook gets lost. */
  isUntold: z._default(z.boolean(), false),
});
export type DemoPaymentInput = z.infer<typeof DemoPaymentInput>;

export const paymentEndpoints = {
  hear: endpoint({
    method: "POST",
    path: "/webhooks/:provider",
    access: "public",
    summary: "Webhook of a payment provider, with its signature",
    params: z.strictObject({ provider: z.string().check(z.regex(/^[a-z]{1,20}$/)) }),
    rawBody: { media: ["application/json"], as: "bytes" },
    bodySize: 1_000_000,
    success: { status: 204, body: null },
    problems: ["webhook_invalid", "payments_unavailable", "rate_limited"],
    // A body that is no JSON is not signed either.
    never: ["malformed_request"],
  }),

  getDemo: endpoint({
    method: "GET",
    path: "/api/demo-payments/:session",
    access: "anyone",
    summary: "A payment of the local demo. No money moves",
    params: DemoSession,
    success: { status: 200, body: DemoPayment },
    problems: [],
  }),

  actOnDemo: endpoint({
    method: "POST",
    path: "/api/demo-payments/:session",
    access: "anyone",
    summary: "Pay or decline a payment of the local demo",
    params: DemoSession,
    body: DemoPaymentInput,
    success: { status: 200, body: DemoPayment },
    problems: [],
  }),
};
