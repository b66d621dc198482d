import { type Endpoint, type ProblemCode, problemsOf } from "@yumroad/contract";
import * as z from "zod/mini";
import { type Asked, type Play, type Plays, untilLimited } from "./play.ts";
import type { FailingApp, Stage } from "./stage.ts";

/** Refusals that come to every endpoint of a kind the same way, whatever it does. */
export function generalPlays(endpoint: Endpoint): Plays {
  const codes = problemsOf(endpoint).filter((code) => GENERAL[code] !== undefined);
  return Object.fromEntries(
    codes.map((code) => [code, (stage, ask) => GENERAL[code]?.(endpoint)(stage, ask) ?? Promise.reject(code)]),
  );
}

const GENERAL: Partial<Record<ProblemCode, (endpoint: Endpoint) => Play>> = {
  csrf_rejected: (endpoint) => (stage, ask) =>
    ask(bystander(stage, endpoint).from("https://elsewhere.example"), usual(endpoint)),
  request_timeout: (endpoint) => (stage, ask) =>
    ask(stage.elsewhere({ client: bystander(stage, endpoint) }, stage.impatient), {
      ...usual(endpoint),
      json: {},
      isHeld: true,
    }),
  unsupported_media_type: bodyOf({
    body: "name=Ada",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
  }),
  payload_too_large: bodyOf({ json: { name: "x".repeat(150_000) } }),
  malformed_json: bodyOf({ body: "{", headers: { "Content-Type": "application/json" } }),
  invalid_input: (endpoint) =>
    endpoint.body
      ? bodyOf({ json: {} })(endpoint)
      : endpoint.query
        ? badQuery(endpoint)
        : bodyOf({ json: { a: 1 } })(endpoint),
  not_found: (endpoint) => (stage, ask) => ask(bystander(stage, endpoint), usual(endpoint)),
  unauthenticated: (endpoint) => (stage, ask) => ask(stage.visitor(), usual(endpoint)),
  reauth_required: (endpoint) => (stage, ask) => ask(stage.stale.client, usual(endpoint)),
  rate_limited: (endpoint) => (stage, ask) => {
    const client = stage.elsewhere({ client: bystander(stage, endpoint) }, stage.hasty);
    return untilLimited(() => ask(client, usual(endpoint)));
  },
  session_store_unavailable: (endpoint) => (stage, ask) =>
    ask(stage.elsewhere({ client: bystander(stage, endpoint) }, stage.cutOff), usual(endpoint)),
  database_unavailable: failingWith(() => Object.assign(new Error("disk I/O error"), { code: "SQLITE_IOERR_READ" })),
  internal_error: failingWith(() => new Error("a fault of ours")),
};

function bodyOf(body: Asked): (endpoint: Endpoint) => Play {
  return (endpoint) => (stage, ask) =>
    ask(bystander(stage, endpoint), { ...usual(endpoint), json: undefined, ...body });
}

function badQuery(endpoint: Endpoint): Play {
  const query = z.safeParse(endpoint.query as z.ZodMiniType, { limit: "1" }).success ? "?limit=0" : "?passive=2";
  return (stage, ask) => ask(bystander(stage, endpoint), { ...usual(endpoint), query });
}

function failingWith(makeError: () => Error): (endpoint: Endpoint) => Play {
  return (endpoint) => (stage, ask) => {
    const broken: FailingApp = isOfDemo(endpoint) ? stage.failing.demo : stage.failing.shop;
    broken.failWith(makeError());
    return ask(stage.elsewhere({ client: bystander(stage, endpoint) }, broken.app), usual(endpoint));
  };
}

/** Whoever may ask, where what is asked comes to nothing. */
function bystander(stage: Stage, endpoint: Endpoint) {
  if (isOfDemo(endpoint)) return stage.visitor(stage.demo);
  return endpoint.access === "pending" ? stage.bystanderHalfway.client : stage.bystander.client;
}

function isOfDemo({ path }: Endpoint): boolean {
  return path.startsWith("/api/outbox");
}

/** A request that is right but for what is not there. */
function usual(endpoint: Endpoint): Asked {
  return { params: nothing(endpoint), json: BODIES[`${endpoint.method} ${endpoint.path}`] };
}

/** Bodies where one has to be right for the refusal to come to light. */
const BODIES: Record<string, unknown> = {
  "POST /api/auth/forgot-password": { email: "ada@example.com" },
  "PATCH /api/products/:slug": { name: "Paper sun" },
};

/** Names of nothing, each of a form that somebody calls their things by. */
const NOTHINGS = [
  "no-such-thing",
  "Nothing0Nothing0Nothing",
  "Nothing0Nothing0Nothin",
  "00000000-0000-7000-8000-000000000000",
];

function nothing({ path, params }: Endpoint): Record<string, string> {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = ""]) => name);
  const forms = NOTHINGS.map((value) => Object.fromEntries(names.map((name) => [name, value])));
  return forms.find((form) => params && z.safeParse(params, form).success) ?? {};
}
