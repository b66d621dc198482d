import { createHmac } from "node:crypto";
import { signWebhook } from "../src/sales/payments/webhook-signature.ts";
import type { TestApp } from "./test-app.ts";

interface Signed {
  body: string;
  headers: Record<string, string>;
}

/** A request with a webhook about a session as the demo's provider signs it. */
export function signedWebhook(app: TestApp, { id, session }: { id: string; session: string }): Signed {
  return signedByDemo(app, { id, kind: "payment.paid", session });
}

/** A request with any content that the demo's provider has signed; a text is sent as it is. */
export function signedByDemo(app: TestApp, content: object | string): Signed {
  const secret = createHmac("sha256", app.config.sessionSecrets[0] ?? "")
    .update("yumroad demo payments")
    .digest("hex");
  const body = typeof content === "string" ? content : JSON.stringify(content);
  const signature = signWebhook(body, { secret, now: app.clock.now() });
  return { body, headers: { "Content-Type": "application/json", "Demo-Signature": signature } };
}
