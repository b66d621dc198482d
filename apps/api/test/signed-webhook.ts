import { createHmac } from "node:crypto";
import { signWebhook } from "../src/sales/payments/webhook-signature.ts";
import type { TestApp } from "./test-app.ts";

/** A request with a webhook as the demo's provider signs it. */
export function signedWebhook(app: TestApp, { id, session }: { id: string; session: string }) {
  const secret = createHmac("sha256", app.config.sessionSecrets[0] ?? "")
    .update("yumroad demo payments")
    .digest("hex");
  const body = JSON.stringify({ id, kind: "payment.paid", session });
  const signature = signWebhook(body, { secret, now: app.clock.now() });
  return { body, headers: { "Content-Type": "application/json", "Demo-Signature": signature } };
}
