import { createHmac } from "node:crypto";
import type { EndpointName } from "@yumroad/contract";
import { signWebhook } from "../../../src/sales/payments/webhook-signature.ts";
import { buyer } from "../demo-orders.ts";
import type { Fixtures } from "../fixtures.ts";
import { type Asked, type Interactions, untilLimited } from "../interaction.ts";

function webhook({ demo }: Fixtures, more: Asked = {}): Asked {
  const secret = createHmac("sha256", demo.config.sessionSecrets[0] ?? "")
    .update("yumroad demo payments")
    .digest("hex");
  const body = JSON.stringify({ id: "event-1", kind: "payment.paid", session: "no-such-session" });
  const signature = signWebhook(body, { secret, now: demo.clock.now() });
  const headers = { "Content-Type": "application/json", "Demo-Signature": signature };
  return { params: { provider: "demo" }, body, headers, ...more };
}

/** Only the demo has such payments. */
const failingDemo = {
  database_unavailable: (fixtures, ask) => {
    fixtures.failing.demo.failWith(Object.assign(new Error("disk I/O error"), { code: "SQLITE_IOERR_READ" }));
    const asked = { params: { session: "A".repeat(43) }, json: { outcome: "pay" } };
    return ask(fixtures.visitor(fixtures.failing.demo.app), asked);
  },
  internal_error: (fixtures, ask) => {
    fixtures.failing.demo.failWith(new Error("a fault of ours"));
    const asked = { params: { session: "A".repeat(43) }, json: { outcome: "pay" } };
    return ask(fixtures.visitor(fixtures.failing.demo.app), asked);
  },
} satisfies Interactions;

export const paymentInteractions = {
  "payments.hear": {
    success: (fixtures, ask) => ask(fixtures.visitor(fixtures.demo), webhook(fixtures)),
    not_found: (fixtures, ask) => ask(fixtures.visitor(), webhook(fixtures)),
    webhook_invalid: (fixtures, ask) =>
      ask(fixtures.visitor(fixtures.demo), webhook(fixtures, { headers: { "Content-Type": "application/json" } })),
    database_unavailable: (fixtures, ask) => {
      fixtures.failing.demo.failWith(Object.assign(new Error("disk I/O error"), { code: "SQLITE_IOERR_READ" }));
      return ask(fixtures.visitor(fixtures.failing.demo.app), webhook(fixtures));
    },
    internal_error: (fixtures, ask) => {
      fixtures.failing.demo.failWith(new Error("a fault of ours"));
      return ask(fixtures.visitor(fixtures.failing.demo.app), webhook(fixtures));
    },
    payload_too_large: (fixtures, ask) =>
      ask(fixtures.visitor(fixtures.demo), webhook(fixtures, { body: "x".repeat(1_100_000) })),
    rate_limited: (fixtures, ask) =>
      untilLimited(() =>
        ask(fixtures.visitor(fixtures.exhausted), {
          ...{ params: { provider: "demo" }, body: "{}", headers: { "Content-Type": "application/json" } },
        }),
      ),
  },

  "payments.getDemo": {
    ...failingDemo,
    success: async (fixtures, ask) => {
      const { client, session } = await buyer(fixtures);
      return ask(client, { params: { session } });
    },
  },

  "payments.actOnDemo": {
    ...failingDemo,
    not_found: (fixtures, ask) =>
      ask(fixtures.visitor(fixtures.demo), { params: { session: "A".repeat(43) }, json: { outcome: "pay" } }),
    success: async (fixtures, ask) => {
      const { client, session } = await buyer(fixtures);
      return ask(client, { params: { session }, json: { outcome: "pay", isUntold: true } });
    },
    "success: declined": async (fixtures, ask) => {
      const { client, session } = await buyer(fixtures);
      return ask(client, { params: { session }, json: { outcome: "decline", isUntold: true } });
    },
    "success: later": async (fixtures, ask) => {
      const { client, session } = await buyer(fixtures);
      return ask(client, { params: { session }, json: { outcome: "pay_later", isUntold: true } });
    },
  },
} satisfies Partial<Record<EndpointName, Interactions>>;
