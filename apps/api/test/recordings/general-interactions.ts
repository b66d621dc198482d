import { type Endpoint, type ProblemCode, problemsOf } from "@yumroad/contract";
import * as z from "zod/mini";
import type { FailingApp, Fixtures } from "./fixtures.ts";
import { type Asked, type Interaction, type Interactions, untilLimited } from "./interaction.ts";

/** Refusals that every endpoint of a kind gives in the same way. */
export function generalInteractions(endpoint: Endpoint): Interactions {
  const codes = problemsOf(endpoint).filter((code) => GENERAL[code] !== undefined);
  return Object.fromEntries(
    codes.map((code) => [code, (fixtures, ask) => GENERAL[code]?.(endpoint)(fixtures, ask) ?? Promise.reject(code)]),
  );
}

const GENERAL: Partial<Record<ProblemCode, (endpoint: Endpoint) => Interaction>> = {
  csrf_rejected: (endpoint) => (fixtures, ask) =>
    ask(bystander(fixtures, endpoint).from("https://elsewhere.example"), usual(endpoint)),
  request_timeout: (endpoint) => (fixtures, ask) =>
    ask(fixtures.clientAt({ client: bystander(fixtures, endpoint) }, fixtures.impatient), {
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
  not_found: (endpoint) => (fixtures, ask) => ask(bystander(fixtures, endpoint), usual(endpoint)),
  unauthenticated: (endpoint) => (fixtures, ask) => ask(fixtures.visitor(), usual(endpoint)),
  not_a_seller: (endpoint) => (fixtures, ask) => ask(fixtures.customer.client, usual(endpoint)),
  not_an_operator: (endpoint) => (fixtures, ask) => ask(fixtures.bystander.client, usual(endpoint)),
  reauth_required: (endpoint) => (fixtures, ask) =>
    ask((endpoint.access === "operator" ? fixtures.staleOperator : fixtures.stale).client, usual(endpoint)),
  rate_limited: (endpoint) => (fixtures, ask) => {
    const client = fixtures.clientAt({ client: bystander(fixtures, endpoint) }, fixtures.writeLimited);
    return untilLimited(() => ask(client, usual(endpoint)));
  },
  session_store_unavailable: (endpoint) => (fixtures, ask) =>
    ask(fixtures.clientAt({ client: bystander(fixtures, endpoint) }, fixtures.cutOff), usual(endpoint)),
  database_unavailable: failingWith(() => Object.assign(new Error("disk I/O error"), { code: "SQLITE_IOERR_READ" })),
  internal_error: failingWith(() => new Error("a fault of ours")),
};

function bodyOf(body: Asked): (endpoint: Endpoint) => Interaction {
  return (endpoint) => (fixtures, ask) =>
    ask(bystander(fixtures, endpoint), { ...usual(endpoint), json: undefined, ...body });
}

function badQuery(endpoint: Endpoint): Interaction {
  const query = z.safeParse(endpoint.query as z.ZodMiniType, { limit: "1" }).success ? "?limit=0" : "?passive=2";
  return (fixtures, ask) => ask(bystander(fixtures, endpoint), { ...usual(endpoint), query });
}

function failingWith(makeError: () => Error): (endpoint: Endpoint) => Interaction {
  return (endpoint) => (fixtures, ask) => {
    const broken: FailingApp = isOfDemo(endpoint) ? fixtures.failing.demo : fixtures.failing.shop;
    broken.failWith(makeError());
    return ask(fixtures.clientAt({ client: bystander(fixtures, endpoint) }, broken.app), usual(endpoint));
  };
}

/** A client with access to the endpoint whose request has no effect. */
function bystander(fixtures: Fixtures, endpoint: Endpoint) {
  if (isOfDemo(endpoint)) return fixtures.visitor(fixtures.demo);
  if (endpoint.access === "operator") return fixtures.operatorBystander.client;
  return endpoint.access === "pending" ? fixtures.pendingBystander.client : fixtures.bystander.client;
}

function isOfDemo({ path }: Endpoint): boolean {
  return path.startsWith("/api/outbox");
}

/** A valid request for something that does not exist. */
function usual(endpoint: Endpoint): Asked {
  return { params: nothing(endpoint), json: BODIES[`${endpoint.method} ${endpoint.path}`] };
}

/** Bodies of endpoints that check the body before they refuse. */
const BODIES: Record<string, unknown> = {
  "POST /api/products/:slug/contents": { kind: "note", title: "A", body: "B" },
  "POST /api/products/:slug/content-order": { ids: [] },
  "POST /api/products/:slug/picture-order": { ids: [] },
  "PATCH /api/products/:slug/pictures/:id": { alt: "" },
  "POST /api/orders/:ref/downloads": { content: "00000000-0000-7000-8000-000000000000" },
  "POST /api/products/:slug/quote": { code: "CODE" },
  "PATCH /api/discounts/:id": { maxUses: 1 },
  "POST /api/discounts": { code: "CODE", off: { kind: "percent", percent: 10 } },
  "PATCH /api/products/:slug/contents/:id": { kind: "note", title: "A", body: "B" },
  "POST /api/auth/forgot-password": { email: "ada@example.com" },
  "POST /api/auth/reset-password/link": { token: "not-a-token-of-ours" },
  "POST /api/orders/:ref/email": { email: "ada@example.com" },
  "POST /api/sales/:ref/access": { hasAccess: true },
  "POST /api/sales/:ref/withdrawals/:withdrawal": { outcome: "handled" },
  "POST /api/sales/:ref/refunds": {
    ...{ amount: 1, endsAccess: false, reason: "", attempt: "00000000-0000-4000-8000-000000000000" },
  },
  "POST /api/products/:slug/checkout": {
    email: "ada@example.com",
    seenPrice: { amount: 0, currency: "EUR" },
    attempt: "00000000-0000-4000-8000-000000000000",
  },
  "PATCH /api/products/:slug": { name: "Paper sun" },
  "PATCH /api/me/store": { name: "Paper & Sun" },
  "PATCH /api/me/store/payments": { payInstructions: "" },
  "POST /api/operator/stores/:handle/take-down": { reason: "It sells what is not the seller’s" },
  "POST /api/operator/products/:slug/take-down": { reason: "It is not the seller’s own work" },
};

/** Names that nothing has, one for each form of id that the API uses. */
const NOTHINGS = [
  "no-such-thing",
  "Nothing0Nothing0Nothing",
  "Nothing0Nothing0Nothin",
  "00000000-0000-7000-8000-000000000000",
  "0000000000",
  "nothing",
  "A".repeat(43),
];

function nothing({ path, params }: Endpoint): Record<string, string> {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = ""]) => name);
  const forms = NOTHINGS.map((value) => Object.fromEntries(names.map((name) => [name, value])));
  return forms.find((form) => params && z.safeParse(params, form).success) ?? {};
}
