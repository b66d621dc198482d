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

/** Finds the endpoint of this shop. Undefined: Stripe has none. */
export async function findEndpoint(stripe: Stripe, publicUrl: URL): Promise<Stripe.WebhookEndpoint | undefined> {
  const url = webhookUrl(publicUrl);
  return (await stripe.webhookEndpoints.list({ limit: 100 })).data.find((endpoint) => endpoint.url === url);
}

/** The types of events that an endpoint has to send, and does not. */
export function lackingEvents({ enabled_events: enabled }: Stripe.WebhookEndpoint): string[] {
  return enabled.includes("*") ? [] : STRIPE_EVENTS.filter((event) => !enabled.includes(event));
}

/** What an endpoint has become: its secret is known only when it is made. */
export type ConnectOutcome = { kind: "made"; secret: string } | { kind: "updated" | "kept" };

/** Makes the endpoint for webhooks at Stripe, or adds the events that it lacks. Rejects with Stripe's errors. */
export async function connectEndpoint(stripe: Stripe, publicUrl: URL): Promise<ConnectOutcome> {
  const known = await findEndpoint(stripe, publicUrl);
  const events = [...STRIPE_EVENTS];
  if (!known) {
    const { secret = "" } = await stripe.webhookEndpoints.create({
      url: webhookUrl(publicUrl),
      enabled_events: events,
    });
    return { kind: "made", secret };
  }
  if (lackingEvents(known).length === 0 && known.status === "enabled") return { kind: "kept" };
  await stripe.webhookEndpoints.update(known.id, {
    enabled_events: [...new Set([...known.enabled_events, ...events])] as typeof events,
    disabled: false,
  });
  return { kind: "updated" };
}
