import Stripe from "stripe";
import type { PaymentFinding } from "../payments/payment-finding.ts";
import { webhookUrl } from "./connect-endpoint.ts";

const PATIENCE_MS = 10_000;

/** A body that does not survive being parsed and written again: spaces, the order of keys, and characters of all kinds. */
const BODY =
  '{\n  "type" : "yumroad.probe",  "object":"event",\n  "id": "evt_probe", "livemode": LIVE,\n  "data": {"object": {"text": "é ✓ \\u00e9 1.0", "number": 1.0}}\n}';

/**
 * Sends a signed event that concerns nothing to the shop's public address, as Stripe would. What is in between, a proxy
 * for example, can keep webhooks away or change them, and then no signature fits.
 */
export async function probeWebhooks({
  shopUrl,
  secret,
  isLive,
  now,
}: {
  /** The public address of the shop. */
  shopUrl: URL;
  secret: string;
  isLive: boolean;
  now: number;
}): Promise<PaymentFinding[]> {
  const url = webhookUrl(shopUrl);
  const payload = BODY.replace("LIVE", String(isLive));
  const timestamp = Math.floor(now / 1000);
  const signature = new Stripe("rk_test_probe").webhooks.generateTestHeaderString({ payload, secret, timestamp });
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json; charset=utf-8", "stripe-signature": signature },
    body: payload,
    redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch(() => null);
  if (answer?.status === 204) return [];
  if (answer === null) return [{ code: "webhook_address_unreachable", level: "amber", params: { url } }];
  // Strangers at this server's own address have used up its limit of wrong webhooks: nothing can be said now.
  if (answer.status === 429) return [];
  const text = await answer.text().catch(() => "");
  if (text.includes("webhook_invalid")) return [{ code: "webhook_body_changed", level: "red", params: { url } }];
  return [{ code: "webhook_address_answers", level: "red", params: { url, status: String(answer.status) } }];
}
