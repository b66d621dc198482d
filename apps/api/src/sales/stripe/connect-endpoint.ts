import type Stripe from "stripe";

/** Types of events that the endpoint for webhooks has to send. */
export const STRIPE_EVENTS = [
  "checkout.session.completed",
  "checkout.session.async_payment_succeeded",
  "checkout.session.async_payment_failed",
  "checkout.session.expired",
  "refund.created",
  "refund.updated",
  "refund.failed",
  "charge.dispute.created",
  "charge.dispute.updated",
  "charge.dispute.closed",
] as const satisfies Stripe.WebhookEndpointCreateParams.EnabledEvent[];

/** The address to which Stripe sends webhooks. */
export function webhookUrl(publicUrl: URL): string {
  return new URL("/webhooks/stripe", publicUrl).href;
}

/** What an endpoint has become: its secret is known only when it is made. */
export type ConnectOutcome = { kind: "made"; secret: string } | { kind: "updated" | "kept" };

/** Makes the endpoint for webhooks at Stripe, or adds the events that it lacks. Rejects with Stripe's errors. */
export async function connectEndpoint(stripe: Stripe, publicUrl: URL): Promise<ConnectOutcome> {
  const url = webhookUrl(publicUrl);
  const known = (await stripe.webhookEndpoints.list({ limit: 100 })).data.find((endpoint) => endpoint.url === url);
  const events = [...STRIPE_EVENTS];
  if (!known) {
    const { secret = "" } = await stripe.webhookEndpoints.create({ url, enabled_events: events });
    return { kind: "made", secret };
  }
  const enabled = known.enabled_events;
  const isComplete = enabled.includes("*") || events.every((event) => enabled.includes(event));
  if (isComplete && known.status === "enabled") return { kind: "kept" };
  await stripe.webhookEndpoints.update(known.id, {
    enabled_events: [...new Set([...enabled, ...events])] as typeof events,
    disabled: false,
  });
  return { kind: "updated" };
}
