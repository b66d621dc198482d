// The types of which `make-schemas.mjs` makes schemas. Requests are named as the stand-in names them.
import type Stripe from "stripe";

export type CheckoutSession = Stripe.Checkout.Session;
export type CheckoutSessionCreateParams = Stripe.Checkout.SessionCreateParams;
export type Refund = Stripe.Refund;
export type RefundCreateParams = Stripe.RefundCreateParams;
export type Dispute = Stripe.Dispute;
/** An event without the object that it is about, which has a schema of its own. */
export type Event = Pick<Stripe.Event, Exclude<keyof Stripe.Event, "data">> & { data: { object: object } };
export type PaymentIntent = Stripe.PaymentIntent;
export type WebhookEndpoint = Stripe.WebhookEndpoint;
export type WebhookEndpointCreateParams = Stripe.WebhookEndpointCreateParams;
export type Account = Stripe.Account;
