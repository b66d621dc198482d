import type * as z from "zod/mini";
import type { ProblemCode } from "./problems.ts";

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** Every level of access, in the order in which they require more. */
export const ACCESS = ["public", "anyone", "pending", "user"] as const;

/**
 * The callers that an endpoint admits. There is no default: an endpoint without it does not compile.
 * - `public`: everybody; the session is not read, so the answer can be cached and needs no session store
 * - `anyone`: everybody; the answer depends on the caller
 * - `pending`: a session with the second factor pending; no other one, not even a user's
 * - `user`: every logged-in user
 */
export type Access = (typeof ACCESS)[number];

/** True for an endpoint that requires a logged-in user. */
export function needsUser({ access }: Pick<Endpoint, "access">): boolean {
  return access === "user";
}

/** True for an endpoint that answers `unauthenticated` without a session, complete or pending. */
export function needsSession({ access }: Pick<Endpoint, "access">): boolean {
  return access === "pending" || access === "user";
}

/**
 * The limits that an account's tries consume: the server's, by name. Every try with valid input counts, since each
 * leaves a row or a mail behind. A limit that counts otherwise (by address, or wrong tries alone) is in the handler.
 * Removing a factor has no limit: an intruder could use it up, and so keep the factors that they have added.
 */
export const ACCOUNT_LIMITS = [
  "profileChanges",
  "passwordChanges",
  "factorChanges",
  "deletionsAsked",
  "productsOfAccount",
  "productChanges",
] as const;
export type AccountLimit = (typeof ACCOUNT_LIMITS)[number];

/**
 * A body other than JSON, of one of these media types.
 * - `bytes`: handed over complete and unchanged, so that its signature can be verified
 * - `stream`: handed over while it arrives
 */
export interface RawBody {
  media: readonly [string, ...string[]];
  as: "bytes" | "stream";
}

export interface Endpoint {
  method: Method;
  /** Path with `:params`, in Express's syntax. */
  path: `/${string}`;
  /** The callers that it admits. */
  access: Access;
  /** `own`: the thing that the path names has to belong to the user; for everybody else the answer is 404. */
  whose?: "own";
  /** `true`: the user must have proven their identity recently (R69). */
  fresh?: true;
  /** One sentence for the OpenAPI document. */
  summary: string;
  params?: z.ZodMiniType<unknown, Record<string, string>>;
  query?: z.ZodMiniType;
  /** The JSON body of the request. */
  body?: z.ZodMiniType;
  /** The body of the request when it is not JSON. */
  rawBody?: RawBody;
  /** Maximum size of the body in bytes, and its time in milliseconds, instead of the defaults. */
  bodySize?: number;
  bodyTime?: number;
  /** The answer on success. `body: null` is an answer without a body, or with one other than JSON, of type `media`. */
  success: { status: 200 | 201 | 202 | 204; body: z.ZodMiniType | null; media?: string };
  /** Milliseconds in which the answer has to be read, instead of the default. */
  answerTime?: number;
  /** `shared`: any cache may keep the answer but revalidates it each time. Without it nothing may keep it. */
  cache?: "shared";
  /** Limits of the account that a try consumes, beside the session's limit for writes. */
  limits?: readonly AccountLimit[];
  /** Further answers that are no problems, by status (`/readyz` answers 503 with a body of its own). */
  otherwise?: Readonly<Record<number, z.ZodMiniType>>;
  /** Refusals of this endpoint, beside those implied by its definition (see `problemsOf`). */
  problems: readonly ProblemCode[];
  /** Refusals that its definition implies but that can't happen, since it never does the work that would fail. */
  never?: readonly ProblemCode[];
}

/** Defines an endpoint, keeping its exact type. */
export function endpoint<const E extends Endpoint>(definition: E): E {
  return definition;
}

type Input<S> = S extends z.ZodMiniType ? z.input<S> : undefined;
type Output<S> = S extends z.ZodMiniType ? z.output<S> : undefined;

/** The path parameters, query and body as a caller sends them. */
export type ParamsInput<E extends Endpoint> = Input<E["params"]>;
export type QueryInput<E extends Endpoint> = Input<E["query"]>;
export type BodyInput<E extends Endpoint> = Input<E["body"]>;

/** The same after validation, as the server uses them. */
export type Params<E extends Endpoint> = Output<E["params"]>;
export type Query<E extends Endpoint> = Output<E["query"]>;
export type Body<E extends Endpoint> = Output<E["body"]>;

/** The body of the answer on success; `undefined` for an answer without a body. */
export type Answer<E extends Endpoint> = E["success"]["body"] extends z.ZodMiniType
  ? z.output<E["success"]["body"]>
  : undefined;

/** Refusals that precede the validation of the input. */
const BODY_PROBLEMS = ["csrf_rejected", "request_timeout", "unsupported_media_type", "payload_too_large"] as const;

/** All refusals of an endpoint: those it names, and those that its method, access and input imply, except `never`. */
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
  if (endpoint.fresh) codes.add("reauth_required");
  if (endpoint.params || endpoint.whose) codes.add("not_found");
  // The limit of writes per session.
  if (isUnsafe && needsUser(endpoint)) codes.add("rate_limited");
  codes.add("database_unavailable");
  codes.add("internal_error");
  for (const code of endpoint.never ?? []) codes.delete(code);
  return [...codes];
}
