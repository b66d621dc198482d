import type * as z from "zod/mini";
import type { ProblemCode } from "./problems.ts";

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** Everyone an endpoint can be for, in the order in which more is asked of them. */
export const ACCESS = ["public", "anyone", "pending", "user"] as const;

/**
 * Who may call an endpoint. There is no default: one that does not say so does not compile.
 * - `public`: everybody; the session is not even looked at, so the answer can be cached and needs no session store
 * - `anyone`: everybody; the answer depends on who asks
 * - `pending`: a session with the right password whose second factor is pending; no other one, not even a user's
 * - `user`: everybody who is logged in
 */
export type Access = (typeof ACCESS)[number];

/** Says if an endpoint is for those alone who are logged in. */
export function needsUser({ access }: Pick<Endpoint, "access">): boolean {
  return access === "user";
}

/** Says if an endpoint answers nothing but `unauthenticated` without a session, be it one with a factor pending. */
export function needsSession({ access }: Pick<Endpoint, "access">): boolean {
  return access === "pending" || access === "user";
}

/**
 * The limits that an account's own tries count for: the server's, by name. Every try counts whose input is valid, since
 * each leaves a row or a mail behind. A limit that counts otherwise (by address, or wrong tries alone) stands in the
 * handler. Removing a factor has no limit: a thief could use it up, and so keep the factors that they have added.
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
 * A body that is no JSON, of one of these media types.
 * - `bytes`: handed over as a whole, as it was sent, so that a signature of it can be verified
 * - `stream`: handed over while it arrives
 */
export interface RawBody {
  media: readonly [string, ...string[]];
  as: "bytes" | "stream";
}

export interface Endpoint {
  method: Method;
  /** Path with `:params`, as Express reads it. */
  path: `/${string}`;
  /** Who may call it. */
  access: Access;
  /** `own`: the thing that the path names has to be the user's own; for everybody else it is not there (404). */
  whose?: "own";
  /** `true`: the user has to have proven lately that it is them (R69). */
  fresh?: true;
  /** What it does, in a sentence: for the OpenAPI document. */
  summary: string;
  params?: z.ZodMiniType<unknown, Record<string, string>>;
  query?: z.ZodMiniType;
  /** The JSON that it is sent. */
  body?: z.ZodMiniType;
  /** The body that it is sent where that is no JSON. */
  rawBody?: RawBody;
  /** The most bytes that its body may have, and milliseconds that it may take. Without, as many as usual. */
  bodySize?: number;
  bodyTime?: number;
  /** The answer when it works. `body: null` is an answer without one, or with one that is no JSON, of type `media`. */
  success: { status: 200 | 201 | 202 | 204; body: z.ZodMiniType | null; media?: string };
  /** Milliseconds that its answer may take to be read. Without, as many as usual. */
  answerTime?: number;
  /** `shared`: everybody may keep the answer, and asks for it again each time. Without, nothing may keep it. */
  cache?: "shared";
  /** Limits of the account that a try counts for, beside the session's for all that it writes. */
  limits?: readonly AccountLimit[];
  /** Further answers that are not problems, by status (`/readyz` says 503 with a body of its own). */
  otherwise?: Readonly<Record<number, z.ZodMiniType>>;
  /** Refusals of this endpoint, beside those that its shape implies (see `problemsOf`). */
  problems: readonly ProblemCode[];
  /** Refusals that its shape implies and that can't happen: it asks nothing of what would have to fail for them. */
  never?: readonly ProblemCode[];
}

/** Writes an endpoint down, keeping its exact type. */
export function endpoint<const E extends Endpoint>(definition: E): E {
  return definition;
}

type Input<S> = S extends z.ZodMiniType ? z.input<S> : undefined;
type Output<S> = S extends z.ZodMiniType ? z.output<S> : undefined;

/** What a caller sends as the path's parameters, the query and the body. */
export type ParamsInput<E extends Endpoint> = Input<E["params"]>;
export type QueryInput<E extends Endpoint> = Input<E["query"]>;
export type BodyInput<E extends Endpoint> = Input<E["body"]>;

/** What the server works with once the same were checked. */
export type Params<E extends Endpoint> = Output<E["params"]>;
export type Query<E extends Endpoint> = Output<E["query"]>;
export type Body<E extends Endpoint> = Output<E["body"]>;

/** The body of the answer when it works; `undefined` for an answer without a body. */
export type Answer<E extends Endpoint> = E["success"]["body"] extends z.ZodMiniType
  ? z.output<E["success"]["body"]>
  : undefined;

/** Refusals that come before the input is looked at. */
const BODY_PROBLEMS = ["csrf_rejected", "request_timeout", "unsupported_media_type", "payload_too_large"] as const;

/** All refusals of an endpoint: those it names, and those that follow from its method, access and input, save `never`. */
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
  // What one session may write in a minute.
  if (isUnsafe && needsUser(endpoint)) codes.add("rate_limited");
  codes.add("database_unavailable");
  codes.add("internal_error");
  for (const code of endpoint.never ?? []) codes.delete(code);
  return [...codes];
}
