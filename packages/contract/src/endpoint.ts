import type * as z from "zod/mini";
import type { ProblemCode } from "./problems.ts";

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** The levels of access (see `Access`). */
export const ACCESS = ["public", "anyone", "pending", "user", "seller", "operator"] as const;

/**
 * The callers that an endpoint admits. Each endpoint has to name a level: the property has no default.
 * - `public`: everybody; the session is not read, so caches may keep the answer and no session store is needed
 * - `anyone`: everybody; the answer depends on the caller
 * - `pending`: only a session that still lacks the second factor; a logged-in user is refused
 * - `user`: every logged-in user
 * - `seller`: a logged-in user who may sell: every one in a marketplace, only operators in a shop of one store
 * - `operator`: a logged-in user who operates the shop; other users are refused
 */
export type Access = (typeof ACCESS)[number];

/** True for an endpoint that requires a logged-in user. */
export function needsUser({ access }: Pick<Endpoint, "access">): boolean {
  return access === "user" || access === "seller" || access === "operator";
}

/**
 * True for an endpoint that requires a session: a logged-in one (`user`, `seller`, `operator`) or one without its second factor
 * (`pending`).
 */
export function needsSession({ access }: Pick<Endpoint, "access">): boolean {
  return access === "pending" || needsUser({ access });
}

/**
 * Limits of the server (`apps/api/src/config/limits.ts`) that an endpoint can count per account. Every request with
 * valid input counts, even a failed one, because it may store a row or a mail. Limits that count in another way (per IP
 * address, or failures only) are in the handlers.
 * Removing a factor has no limit: an intruder could use the limit up, and then the owner could not remove the factors
 * that the intruder has added.
 */
export const ACCOUNT_LIMITS = [
  "profileChanges",
  "passwordChanges",
  "factorChanges",
  "deletionsAsked",
  "productsOfAccount",
  "productChanges",
  "contentChanges",
  "uploadsBegun",
  "discountChanges",
  "saleChanges",
  "mailRetries",
  "paymentChecks",
  "testMails",
  "storeChanges",
  "payInstructionsChanges",
  "takeDowns",
] as const;
export type AccountLimit = (typeof ACCOUNT_LIMITS)[number];

/**
 * A request body that is not JSON, and the media types allowed for it.
 * - `bytes`: the handler gets the complete, unchanged body, so that it can verify a signature of the body
 * - `stream`: the handler gets the body while it arrives
 */
export interface RawBody {
  media: readonly [string, ...string[]];
  as: "bytes" | "stream";
}

export interface Endpoint {
  method: Method;
  /** Path in Express's syntax: `/api/products/:slug`. */
  path: `/${string}`;
  access: Access;
  /** `own`: the resource in the path has to belong to the user; otherwise the answer is 404. */
  whose?: "own";
  /** `true`: the user must have proven their identity recently (R69). */
  fresh?: true;
  /** One sentence, shown in the OpenAPI document. */
  summary: string;
  params?: z.ZodMiniType<unknown, Record<string, string>>;
  query?: z.ZodMiniType;
  /** The JSON body of the request. */
  body?: z.ZodMiniType;
  /** The body of the request, if it is not JSON. */
  rawBody?: RawBody;
  /** Limits of the request body in place of the server's defaults: size in bytes, time to arrive in milliseconds. */
  bodySize?: number;
  bodyTime?: number;
  /** The answer on success. `body: null`: an answer without a body, or with a body of the type `media`, not JSON. */
  success: { status: 200 | 201 | 202 | 204; body: z.ZodMiniType | null; media?: string };
  /** Maximum time for the client to read the answer, in milliseconds, in place of the server's default. */
  answerTime?: number;
  /** `shared`: any cache may keep the answer but has to revalidate it before each use. Unset: no cache may keep it. */
  cache?: "shared";
  /** Limits of the account that a request counts against, in addition to the session's limit for writes. */
  limits?: readonly AccountLimit[];
  /** Bodies of further answers that are no errors, by HTTP status: `/readyz` answers 503 with a body of its own. */
  otherwise?: Readonly<Record<number, z.ZodMiniType>>;
  /** Errors that this endpoint can answer, in addition to those that `problemsOf` derives from its definition. */
  problems: readonly ProblemCode[];
  /**
   * Errors that `problemsOf` derives but that can't happen here, because the endpoint does not do the work that could
   * fail.
   */
  never?: readonly ProblemCode[];
}

/** Returns the definition unchanged; the compiler keeps its literal types. */
export function endpoint<const E extends Endpoint>(definition: E): E {
  return definition;
}

type Input<S> = S extends z.ZodMiniType ? z.input<S> : undefined;
type Output<S> = S extends z.ZodMiniType ? z.output<S> : undefined;

/** The path parameters, query and body as a caller sends them, before validation. */
export type ParamsInput<E extends Endpoint> = Input<E["params"]>;
export type QueryInput<E extends Endpoint> = Input<E["query"]>;
export type BodyInput<E extends Endpoint> = Input<E["body"]>;

/** The path parameters, query and body after validation, as a handler receives them. */
export type Params<E extends Endpoint> = Output<E["params"]>;
export type Query<E extends Endpoint> = Output<E["query"]>;
export type Body<E extends Endpoint> = Output<E["body"]>;

/** The body of the answer on success; `undefined` for an answer without a body. */
export type Answer<E extends Endpoint> = E["success"]["body"] extends z.ZodMiniType
  ? z.output<E["success"]["body"]>
  : undefined;

/** Errors that are detected before the input is validated. */
const BODY_PROBLEMS = ["csrf_rejected", "request_timeout", "unsupported_media_type", "payload_too_large"] as const;

/**
 * All errors that an endpoint can answer: those it lists, and those that its method, access and input imply, except
 * `never`.
 */
export function problemsOf(endpoint: Endpoint): ProblemCode[] {
  const codes = new Set<ProblemCode>(endpoint.problems);
  const isUnsafe = endpoint.method !== "GET";
  if (isUnsafe) {
    for (const code of BODY_PROBLEMS) codes.add(code);
    codes.add(endpoint.rawBody ? "malformed_request" : "malformed_json");
  }
  if ((isUnsafe && !endpoint.rawBody) || endpoint.query) codes.add("invalid_input");
  if (endpoint.access !== "public") codes.add("session_store_unavailable");
  if (needsSession(endpoint)) codes.add("unauthenticated");
  if (endpoint.access === "seller") codes.add("not_a_seller");
  if (endpoint.access === "operator") codes.add("not_an_operator");
  if (endpoint.fresh) codes.add("reauth_required");
  if (endpoint.params || endpoint.whose) codes.add("not_found");
  // Every write counts against the session's limit for writes.
  if (isUnsafe && needsUser(endpoint)) codes.add("rate_limited");
  codes.add("database_unavailable");
  codes.add("internal_error");
  for (const code of endpoint.never ?? []) codes.delete(code);
  return [...codes];
}
