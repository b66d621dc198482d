import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import type Stripe from "stripe";
import { type Call, createApi, type Fault, parseForm } from "./api.ts";
import { createDashboard, createPayPage } from "./pages.ts";
import { createState, type State } from "./state.ts";
import { createWebhookSender, type Endpoint, type WebhookSender } from "./webhooks.ts";

export interface StandInOptions {
  /** The secret or restricted key that calls have to carry. A live one makes everything live. */
  key: string;
  /** Endpoints for webhooks, as they are set up in the dashboard. */
  endpoints?: Endpoint[];
  now?: () => number;
  port?: number;
}

/** What happens at Stripe without the shop having asked: buyers pay, banks refuse, sellers use the dashboard. */
export interface StandIn
  extends Pick<
    State,
    "act" | "edit" | "refund" | "refundsOf" | "finishRefund" | "dispute" | "disputesOf" | "closeDispute"
  > {
  url: string;
  session: State["session"];
  sessions: State["allSessions"];
  /** Makes the banks of buyers take their time with refunds from now on. */
  delayRefunds(isDelayed: boolean): void;
  webhooks: WebhookSender;
  account: Partial<Stripe.Account>;
  /** Calls of the API in their order. */
  calls: Call[];
  /** Makes the next calls fail. */
  fail(fault: Fault): void;
  /** Ends all faults. */
  recover(): void;
  close(): Promise<void>;
}

/**
 * Starts a stand-in of Stripe on a loopback port: the API, the page for buyers, and webhooks.
 *
 * @example
 * const stripe = await startStandIn({ key: "sk_test_1", endpoints: [{ url: `${shop}/webhooks/stripe`, secret, events: ["*"] }] });
 * stripe.act(sessionId, "pay");
 * await stripe.webhooks.settled();
 */
export async function startStandIn({
  key,
  endpoints = [],
  now = Date.now,
  port = 0,
}: StandInOptions): Promise<StandIn> {
  const isLive = /^(?:sk|rk)_live_/.test(key);
  const webhooks = createWebhookSender({ isLive, now, endpoints });
  const faults: Fault[] = [];
  const calls: Call[] = [];
  const account = {
    ...{ id: "acct_stand_in", object: "account", type: "standard", email: "seller@example.com", country: "DE" },
    ...{ charges_enabled: true, details_submitted: true, payouts_enabled: true },
  } satisfies Partial<Stripe.Account>;
  let url = "";
  const state = createState({ isLive, now, payPage: (id) => `${url}/c/pay/${id}`, announce: webhooks.announce });
  const app = express();
  app.disable("x-powered-by");
  // The SDK sends lists as `expand[0]`.
  app.set("query parser", "extended");
  app.use((_req, res, next) => {
    res.set("Date", new Date(now()).toUTCString());
    next();
  });
  app.use("/v1", parseForm, createApi({ key, isLive, now, state, webhooks, faults, calls, account }));
  app.use("/c/pay", createPayPage(state));
  app.use("/dashboard", createDashboard(state));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...state,
    sessions: state.allSessions,
    url,
    webhooks,
    account,
    calls,
    fail: (fault) => void faults.push(fault),
    recover: () => void faults.splice(0),
    async close() {
      await webhooks.settled();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
