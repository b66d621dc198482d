import type { EndpointName } from "@yumroad/contract";
import { signedWebhook } from "../../signed-webhook.ts";
import { buyer, whileUnreachable } from "../demo-orders.ts";
import type { Fixtures } from "../fixtures.ts";
import { type Asked, type Interactions, untilLimited } from "../interaction.ts";

function webhook({ demo }: Fixtures, more: Asked = {}): Asked {
  const signed = signedWebhook(demo, { id: "event-1", session: "no-such-session" });
  return { params: { provider: "demo" }, ...signed, ...more };
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
    payments_unavailable: async (fixtures, ask) => {
      const { session } = await buyer(fixtures);
      const asked = { params: { provider: "demo" }, ...signedWebhook(fixtures.demo, { id: "event-2", session }) };
      return whileUnreachable(fixtures, "look", () => ask(fixtures.visitor(fixtures.demo), asked));
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
