import type { Readable } from "node:stream";
import type { Answer, Body, Endpoint, Params, Query, User } from "@yumroad/contract";
import type { IRouter, Request, RequestHandler, Response } from "express";
import type { Limits } from "../../config/limits.ts";
import { withDeadline } from "../lib/deadline.ts";
import type { RateLimiter } from "../rate-limit/rate-limiter.ts";
import { createBodyReader } from "./body.ts";
import { assertRead } from "./body-stream.ts";
import { type Context, type ContextParts, createContexts } from "./context.ts";
import { refuseCrossSite } from "./csrf.ts";
import { createGuards, type Guards } from "./guards.ts";
import { checkInput, checkParams } from "./input.ts";
import { Refusal } from "./problem.ts";
import { type Attachment, limitReading, sendFile } from "./send-file.ts";
import { sendJson } from "./send-json.ts";
import type { Sessions } from "./session.ts";

/** The input of a handler: its context, and the request's data, checked against the contract. */
export interface Call<E extends Endpoint, D = unknown> {
  ctx: Context & D;
  params: Params<E>;
  query: Query<E>;
  body: E["rawBody"] extends { as: "bytes" } ? Buffer : E["rawBody"] extends { as: "stream" } ? Readable : Body<E>;
  /**
   * The logged-in user; never null if the endpoint requires a user. Null: nobody is logged in, or the endpoint loads no
   * session.
   */
  user: E["access"] extends "user" | "seller" | "operator" ? User : User | null;
  req: Request;
  res: Response;
}

/**
 * The result of a handler: the body of the answer, with headers or a status other than the usual if the contract has
 * any.
 */
export interface Reply<E extends Endpoint> {
  body: Answer<E>;
  status?: number;
  headers?: Record<string, string>;
  /** The body is the same object for every request, so its JSON is made only once. */
  isConstant?: boolean;
  /** The content of an answer that, by the contract, is not JSON. */
  file?: E["success"] extends { media: string } ? Attachment : never;
}

interface RouteOptions {
  /**
   * - `loaded`: the session is loaded and renewed (default)
   * - `replaced`: the session is loaded but not renewed, since the handler ends it
   * - `unloaded`: the session is not loaded, since the handler does not need it (logout has to work when the store is
   * down)
   */
  session?: "loaded" | "replaced" | "unloaded";
}

type Handle<E extends Endpoint, D> = (call: Call<E, D>) => Promise<Reply<E> | Refusal> | Reply<E> | Refusal;

/**
 * Binds an endpoint to its handler. `D` is what handlers need in their context beside the request's own members. A
 * server that provides more can serve them: `Serve<Dependencies>` is assignable to `Serve<{ mailer: Mailer }>`.
 */
export type Serve<D = unknown> = <const E extends Endpoint>(
  endpoint: E,
  handle: Handle<E, D>,
  options?: RouteOptions,
) => void;

export interface ServeOptions extends ContextParts {
  app: IRouter;
  sessions: Sessions;
  publicOrigin: string;
  isLocalDemo: boolean;
  limits: Limits;
  rateLimiter: RateLimiter;
  /** True if the user may sell here. */
  maySell(user: User): Promise<boolean>;
}

/** Makes the function that binds endpoints of the contract to their handlers. */
export function createServe<D extends object>(
  options: ServeOptions,
  needs: D,
): { serve: Serve<D>; refuseOtherMethods: () => void } {
  const { app, limits } = options;
  const endpointsAt = new Map<string, Endpoint[]>();
  const parts = { ...options, guards: createGuards(options), contextOf: createContexts(options, needs) };

  function serve<const E extends Endpoint>(endpoint: E, handle: Handle<E, D>, routeOptions: RouteOptions = {}): void {
    endpointsAt.set(endpoint.path, [...(endpointsAt.get(endpoint.path) ?? []), endpoint]);
    const serveRequest = createRequestHandler({ endpoint, handle, ...routeOptions }, parts);
    const inTime: RequestHandler = (req, res, next) =>
      withDeadline(limits.storeDeadline, () => serveRequest(req, res, next));
    const method = endpoint.method.toLowerCase() as "get" | "post" | "patch" | "delete";
    // A public endpoint loads no session, so it needs no deadline for stores.
    app[method](endpoint.path, endpoint.access === "public" ? serveRequest : inTime);
  }

  /** Refuses all other methods at the addresses of the bound endpoints with 405. Call this after the last `serve`. */
  function refuseOtherMethods(): void {
    for (const [path, known] of endpointsAt) {
      const allow = known.flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method])).join(", ");
      app.all(path, (req) => {
        // A malformed address is answered with 404 for any method.
        for (const endpoint of known) checkParams(endpoint, req);
        throw new Refusal("method_not_allowed", { headers: { Allow: allow } });
      });
    }
  }

  return { serve, refuseOtherMethods };
}

interface Route<E extends Endpoint, D> extends RouteOptions {
  endpoint: E;
  handle: Handle<E, D>;
}

interface RouteParts<D> extends ServeOptions {
  guards: Guards;
  contextOf: (req: Request) => Context & D;
}

/** Makes the handler that performs the steps of a request in order. The first step that fails refuses the request. */
function createRequestHandler<E extends Endpoint, D>(
  { endpoint, handle, session = "loaded" }: Route<E, D>,
  { guards, contextOf, limits, ...site }: RouteParts<D>,
): RequestHandler {
  const isUnsafe = endpoint.method !== "GET";
  const skipsSession = endpoint.access === "public" || session === "unloaded";
  const readBody = createBodyReader(endpoint, limits);

  return async function serveRequest(req, res) {
    res.setHeader("Cache-Control", "no-store");
    // 404 for a malformed address
    const params = checkParams(endpoint, req);
    // 403 for a request from another site
    if (isUnsafe) refuseCrossSite(req, site);
    // The body is read before the session is checked, because a slow sender can take long: a session that ends while
    // the body arrives must not authorise the request (R17). A streamed body is only opened here; when it ends, the
    // session is checked again.
    const [read] = await Promise.allSettled([readBody(req, res, () => guards.confirmSession(req))]);
    // 503, 401, 403 not fresh
    const user = skipsSession ? null : await guards.identify(endpoint, req, res);
    // 408, 415, 413, 400: thrown after the access checks, so that only callers with access learn of a fault in the body
    if (read.status === "rejected") throw read.reason;
    if (user !== null && session === "loaded") await guards.keepAlive(req);
    // 422
    const input = checkInput(endpoint, req, read.value);
    // 429
    await guards.consumeLimits(endpoint, req);
    const reply = await handle({ ctx: contextOf(req), params, ...input, user, req, res } as Call<E, D>);
    if (reply instanceof Refusal) throw reply;
    assertRead(input.body);
    await sendReply(endpoint, reply, { req, res, limits });
  };
}

async function sendReply<E extends Endpoint>(
  endpoint: E,
  reply: Reply<E>,
  { req, res, limits }: { req: Request; res: Response; limits: Limits },
): Promise<void> {
  limitReading(res, { answerStall: limits.answerStall, answerTime: endpoint.answerTime ?? limits.answerTime });
  if (reply.headers) res.set(reply.headers);
  res.status(reply.status ?? endpoint.success.status);
  if (reply.file) await sendFile(endpoint, reply.file, { req, res, limits });
  else await sendJson(endpoint, reply, { req, res });
}
