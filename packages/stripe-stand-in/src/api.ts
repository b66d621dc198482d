import express, { type Request, type RequestHandler, type Response, Router } from "express";
import Stripe from "stripe";
import { idOf, type SessionParams } from "./objects.ts";
import { faultOf, type SchemaName } from "./schemas.ts";
import { type State, StripeFault } from "./state.ts";
import type { Endpoint, WebhookSender } from "./webhooks.ts";

/** What goes wrong at the next calls, as the tests order it. */
export interface Fault {
  /** Method and path, such as `POST /v1/refunds`; calls whose text begins so fail. */
  call: string;
  /** The status to answer; "hang_up" closes the connection, and "lose_answer" does so after the call has had its effect. */
  with: number | "hang_up" | "lose_answer";
  /** Milliseconds before that. A call that is only slow fails `with` 200. */
  afterMs?: number;
  /** How many calls it befalls. */
  times: number;
}

export interface Call {
  method: string;
  path: string;
  body: unknown;
  idempotencyKey: string | null;
}

interface Parts {
  key: string;
  isLive: boolean;
  now: () => number;
  state: State;
  webhooks: WebhookSender;
  faults: Fault[];
  calls: Call[];
  account: Partial<Stripe.Account>;
}

/** What the endpoint of a call does: answers with an object that fits the schema of this name. */
interface Served {
  schema: SchemaName;
  /** The answer is a list of such objects. */
  isList?: boolean;
  status?: number;
  body: object | object[];
}

/** The part of Stripe's API that shops use. Requests and answers are held to the types of Stripe's SDK. */
export function createApi(parts: Parts): Router {
  const { state, webhooks } = parts;
  const router = Router();
  const answers = new Map<string, { request: string; status: number; body: object }>();
  const serve = (handle: (req: Request) => Served): RequestHandler => answerOnce(answers, handle);
  router.use(note(parts.calls), fail(parts.faults), authenticate(parts.key));

  router.post(
    "/checkout/sessions",
    serve(({ body }) => {
      hold("CheckoutSessionCreateParams", body);
      return { schema: "CheckoutSession", body: state.createSession(body as SessionParams) };
    }),
  );
  router.get(
    "/checkout/sessions/:id",
    serve(({ params, query }) => {
      const { id = "" } = params as { id?: string };
      const isExpanded = String(query.expand) === "payment_intent";
      return { schema: "CheckoutSession", body: isExpanded ? state.expanded(id) : state.session(id) };
    }),
  );
  router.post(
    "/checkout/sessions/:id/expire",
    serve(({ params }) => ({ schema: "CheckoutSession", body: state.expire(String(params.id)) })),
  );
  router.post(
    "/refunds",
    serve(({ body }) => {
      hold("RefundCreateParams", body);
      const { payment_intent: payment = "", amount, metadata } = body as Stripe.RefundCreateParams;
      return {
        schema: "Refund",
        body: state.refund(payment, { ...(amount && { amount }), metadata: metadata as Stripe.Metadata }),
      };
    }),
  );
  router.get(
    "/refunds",
    serve(({ query }) => ({ schema: "Refund", isList: true, body: state.refundsOf(String(query.payment_intent)) })),
  );
  router.get(
    "/disputes",
    serve(({ query }) => ({ schema: "Dispute", isList: true, body: state.disputesOf(String(query.payment_intent)) })),
  );
  router.get(
    "/events",
    serve(({ query }) => {
      const { created, types, limit = "10", delivery_success: delivered } = query as EventQuery;
      const found = webhooks.events
        .filter(({ answers }) => delivered !== "false" || (answers.length > 0 && !answers.some(isAccepted)))
        .map(({ event }) => event)
        .filter((event) => !types || types.includes(event.type))
        .filter((event) => event.created >= Number(created?.gte ?? 0));
      return { schema: "Event", isList: true, body: found.toReversed().slice(0, Number(limit)) };
    }),
  );
  router.get(
    "/account",
    serve(() => ({ schema: "Account", body: parts.account })),
  );
  serveEndpoints(router, serve, parts);
  router.use((req, res) => {
    answerFault(res, new StripeFault(`Unrecognized request URL (${req.method}: ${req.originalUrl})`, { status: 404 }));
  });
  return router;
}

interface EventQuery {
  created?: { gte?: string };
  types?: string[];
  limit?: string;
  delivery_success?: string;
}

const isAccepted = (status: number | null) => status !== null && status >= 200 && status < 300;

function serveEndpoints(
  router: Router,
  serve: (handle: (req: Request) => Served) => RequestHandler,
  { webhooks, isLive, now }: Parts,
): void {
  const present = (endpoint: Endpoint) =>
    presentEndpoint(endpoint, { isLive, now, id: `we_${webhooks.endpoints.indexOf(endpoint)}` });
  router.get(
    "/webhook_endpoints",
    serve(() => ({ schema: "WebhookEndpoint", isList: true, body: webhooks.endpoints.map(present) })),
  );
  router.post(
    "/webhook_endpoints",
    serve(({ body }) => {
      hold("WebhookEndpointCreateParams", body);
      const { url, enabled_events: events } = body as Stripe.WebhookEndpointCreateParams;
      if (isLive && !url.startsWith("https://")) throw new StripeFault("Invalid URL: URL must be publicly accessible");
      const endpoint = { url, secret: idOf("whsec"), events };
      webhooks.endpoints.push(endpoint);
      return { schema: "WebhookEndpoint", body: { ...present(endpoint), secret: endpoint.secret } };
    }),
  );
  router.post(
    "/webhook_endpoints/:id",
    serve(({ params, body }) => {
      const endpoint = webhooks.endpoints[Number(String(params.id).replace("we_", ""))];
      if (!endpoint) throw new StripeFault("No such webhook endpoint", { status: 404, code: "resource_missing" });
      const { enabled_events: events = endpoint.events, disabled } = body as {
        enabled_events?: string[];
        disabled?: boolean;
      };
      Object.assign(endpoint, {
        events,
        isDisabled: disabled ?? endpoint.isDisabled,
      });
      return { schema: "WebhookEndpoint", body: present(endpoint) };
    }),
  );
}

function presentEndpoint(
  { url, events, isDisabled = false }: Endpoint,
  { isLive, now, id }: { isLive: boolean; now: () => number; id: string },
): Stripe.WebhookEndpoint {
  return {
    ...{ id, object: "webhook_endpoint", api_version: Stripe.API_VERSION, application: null },
    ...{ created: Math.floor(now() / 1000), description: null, enabled_events: events, livemode: isLive },
    ...{ metadata: {}, status: isDisabled ? "disabled" : "enabled", url },
  };
}

function note(calls: Call[]): RequestHandler {
  return (req, _res, next) => {
    const idempotencyKey = req.get("idempotency-key") ?? null;
    calls.push({ method: req.method, path: req.originalUrl, body: structuredClone(req.body), idempotencyKey });
    next();
  };
}

function fail(faults: Fault[]): RequestHandler {
  return async (req, res, next) => {
    const fault = faults.find(({ call, times }) => times > 0 && `${req.method} ${req.originalUrl}`.startsWith(call));
    if (!fault) return next();
    fault.times -= 1;
    await new Promise((resolve) => setTimeout(resolve, fault.afterMs ?? 0));
    if (fault.with === 200) return next();
    if (fault.with === "hang_up") return void req.socket.destroy();
    if (fault.with === "lose_answer") {
      res.json = () => {
        req.socket.destroy();
        return res;
      };
      return next();
    }
    const type = fault.with >= 500 ? "api_error" : "invalid_request_error";
    answerFault(res, new StripeFault("An error as it was ordered", { status: fault.with, type }));
  };
}

function authenticate(key: string): RequestHandler {
  return (req, res, next) => {
    if (req.get("authorization") === `Bearer ${key}`) return next();
    answerFault(res, new StripeFault("Invalid API Key provided", { status: 401 }));
  };
}

/** Refuses a request that does not fit Stripe's type of it. */
function hold(name: SchemaName, body: unknown): void {
  const fault = faultOf(name, body);
  if (fault)
    throw new StripeFault(`Received unknown parameter or wrong value: ${fault}`, { code: "parameter_unknown" });
}

/** The same idempotency key has the same answer, and can't ask for anything else. */
function answerOnce(
  answers: Map<string, { request: string; status: number; body: object }>,
  handle: (req: Request) => Served,
): RequestHandler {
  return (req, res) => {
    const key = req.method === "POST" ? req.get("idempotency-key") : undefined;
    const request = `${req.originalUrl} ${JSON.stringify(req.body)}`;
    const known = key === undefined ? undefined : answers.get(key);
    try {
      if (known && known.request !== request)
        throw new StripeFault(
          "Keys for idempotent requests can only be used with the same parameters they were first used with.",
          {
            type: "idempotency_error",
          },
        );
      const body = known?.body ?? bodyOf(handle(req));
      if (key !== undefined) answers.set(key, { request, status: 200, body: structuredClone(body) });
      res.json(body);
    } catch (error) {
      if (!(error instanceof StripeFault)) throw error;
      answerFault(res, error);
    }
  };
}

function bodyOf({ schema, isList = false, body }: Served): object {
  for (const object of isList ? (body as object[]) : [body]) {
    const fault = faultOf(schema, structuredClone(object));
    if (fault) throw new Error(`The stand-in answers what Stripe does not: ${fault}`);
  }
  return isList ? { object: "list", data: body, has_more: false, url: "/v1" } : body;
}

function answerFault(res: Response, { status, message, type, code }: StripeFault): void {
  res.status(status).json({ error: { type, message, ...(code && { code }) } });
}

/** Reads a form, whose values are all texts. */
export const parseForm: RequestHandler[] = [
  express.urlencoded({ extended: true, limit: "1mb" }),
  (req, _res, next) => {
    req.body = withBooleans(req.body);
    next();
  },
];

function withBooleans(value: unknown): unknown {
  if (value === "true" || value === "false") return value === "true";
  if (Array.isArray(value)) return value.map(withBooleans);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withBooleans(part)]));
}
