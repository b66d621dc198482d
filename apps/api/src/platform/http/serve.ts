import { hash } from "node:crypto";
import type { Answer, Body, Endpoint, Params, Query, User } from "@yumroad/contract";
import { type InputIssue, isWellFormed } from "@yumroad/contract";
import type { IRouter, Request, RequestHandler, Response } from "express";
import * as z from "zod/mini";
import type { Limits } from "../../config/limits.ts";
import { withDeadline } from "../lib/deadline.ts";
import type { RateLimiter } from "../rate-limit/rate-limiter.ts";
import { checkAccess } from "./access.ts";
import { limitsFor } from "./account-limits.ts";
import type { BodyReader } from "./body.ts";
import { endCompressed, jsonOnce } from "./compression.ts";
import { type Context, type ContextParts, createContexts } from "./context.ts";
import { refuseCrossSite } from "./csrf.ts";
import { Refusal, tooManyTries } from "./problem.ts";
import { type Attachment, limitReading, sendFile } from "./send-file.ts";
import type { Sessions } from "./session.ts";

/** What a handler is given: the input as the contract describes it, checked, and what it works with. */
export interface Call<E extends Endpoint, D = unknown> {
  ctx: Context & D;
  params: Params<E>;
  query: Query<E>;
  body: Body<E>;
  /** Who is logged in; certain where the endpoint's access says so. */
  user: E["access"] extends "user" ? User : User | null;
  req: Request;
  res: Response;
}

/** What a handler gives back: the body of success, with headers or another status where the contract has them. */
export interface Reply<E extends Endpoint> {
  body: Answer<E>;
  status?: number;
  headers?: Record<string, string>;
  /** The body is one object for every answer, which never changes: its text is made once. */
  isConstant?: boolean;
  /** The answer where the contract says that it is no JSON. */
  file?: E["success"] extends { media: string } ? Attachment : never;
}

interface RouteOptions {
  /**
   * `replaced`: the handler ends the session anyhow, so it is not kept alive.
   * `unloaded`: the handler does without what is in it (log-out has to work when the store is down).
   */
  session?: "loaded" | "replaced" | "unloaded";
}

/**
 * Binds an endpoint to its handler. A room declares what its handlers need beside the request, and a server that has
 * more serves it: `Serve<Dependencies>` is a `Serve<{ mailer: Mailer }>`.
 */
export type Serve<D = unknown> = <const E extends Endpoint>(
  endpoint: E,
  handle: (call: Call<E, D>) => Promise<Reply<E> | Refusal> | Reply<E> | Refusal,
  options?: RouteOptions,
) => void;

export interface ServeOptions extends ContextParts {
  app: IRouter;
  sessions: Sessions;
  bodies: BodyReader;
  publicOrigin: string;
  isLocalDemo: boolean;
  limits: Limits;
  rateLimiter: RateLimiter;
}

/** A catalogue read may be kept, but is asked again each time; a shared cache may answer for ten seconds. */
const PUBLIC_CACHE = "public, max-age=0, s-maxage=10, must-revalidate";

/**
 * Makes the function that binds an endpoint of the contract to its handler. Its guarantees, in the order in which
 * they are answered: 404 for an odd address, 405 (`refuseOtherMethods`), 403 cross-site, 503 store, 401, 403 not fresh,
 * 408, 415, 413, 400, 422, 429 for what a user has done too often; then the handler.
 */
export function createServe<D extends object>(
  { app, sessions, bodies, limits, rateLimiter, database, clock, ...site }: ServeOptions,
  needs: D,
): { serve: Serve<D>; refuseOtherMethods: () => void } {
  const endpointsAt = new Map<string, Endpoint[]>();
  const contextOf = createContexts({ database, clock }, needs);

  function serve<const E extends Endpoint>(
    endpoint: E,
    handle: (call: Call<E, D>) => Promise<Reply<E> | Refusal> | Reply<E> | Refusal,
    { session = "loaded" }: RouteOptions = {},
  ): void {
    endpointsAt.set(endpoint.path, [...(endpointsAt.get(endpoint.path) ?? []), endpoint]);
    const isUnsafe = endpoint.method !== "GET";

    const handler: RequestHandler = async (req, res) => {
      res.setHeader("Cache-Control", "no-store");
      const params = checkParams(endpoint, req);
      if (isUnsafe) refuseCrossSite(req, site);
      // Read before anybody asks whose request it is: the sender chooses how long it takes, and a session that ends
      // meanwhile must not be good for it (R17). What is wrong with the body is told to those alone who may ask.
      const [read] = await Promise.allSettled([isUnsafe ? bodies.readBody(req, res) : bodies.drainBody(req)]);
      const user = endpoint.access === "public" || session === "unloaded" ? null : await identify(endpoint, req, res);
      if (read.status === "rejected") throw read.reason;
      // Only an explicit wish keeps the probe from counting as use.
      if (user !== null && session === "loaded" && req.query.passive !== "1") await sessions.renew(req);
      const input = checkInput(endpoint, req, read.value);
      const call = { ctx: contextOf(req), params, ...input, user, req, res } as Call<E, D>;
      await drawOnBudgets(endpoint, req);
      const reply = await handle(call);
      if (reply instanceof Refusal) throw reply;
      limitReading(res, limits);
      if (reply.file) await sendFile(endpoint, reply.file, res, limits);
      else await send(endpoint, reply, req, res);
    };

    const inTime: RequestHandler = (req, res, next) =>
      withDeadline(limits.storeDeadline, () => handler(req, res, next));
    const method = endpoint.method.toLowerCase() as "get" | "post" | "patch" | "delete";
    // A public endpoint asks no store.
    app[method](endpoint.path, endpoint.access === "public" ? handler : inTime);
  }

  async function identify(endpoint: Endpoint, req: Request, res: Response): Promise<User | null> {
    await sessions.load(req, res);
    const user = sessions.current(req)?.user ?? null;
    const reason = checkAccess(endpoint, {
      isUser: user !== null,
      isPending: sessions.pending(req) !== null,
      isFresh: sessions.isFresh(req),
    });
    if (reason) throw new Refusal(reason);
    return user;
  }

  /** Throws when the session has written too much, or its user has done this too often. */
  async function drawOnBudgets(endpoint: Endpoint, req: Request): Promise<void> {
    const record = sessions.current(req);
    const limitKeys = record === null ? [] : limitsFor(endpoint, record, limits);
    if (limitKeys.length === 0) return;
    const verdict = await rateLimiter.consume(limitKeys);
    if (!verdict.isAllowed) throw tooManyTries(verdict.retryAfterMs);
  }

  /** After the last `serve`: what is left of the known paths is another method, which is refused by name. */
  function refuseOtherMethods(): void {
    for (const [path, known] of endpointsAt) {
      const allow = known.flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method])).join(", ");
      app.all(path, (req) => {
        // An odd address is not there, whatever the method.
        for (const endpoint of known) checkParams(endpoint, req);
        throw new Refusal("method_not_allowed", { headers: { Allow: allow } });
      });
    }
  }

  return { serve, refuseOtherMethods };
}

const MAX_ISSUES = 50;
const NoBody = z.optional(z.strictObject({}));
const NoQuery = z.strictObject({});

/** An odd slug is one that nothing has: its address is not there, whoever asks. */
function checkParams(endpoint: Endpoint, req: Request): unknown {
  if (!endpoint.params) return undefined;
  const { value, issues } = check(endpoint.params, req.params, []);
  if (issues.length > 0) throw new Refusal("not_found");
  return value;
}

function checkInput(endpoint: Endpoint, req: Request, body: unknown) {
  const query = check(endpoint.query ?? NoQuery, req.query, ["query"]);
  const checkedBody = check(endpoint.body ?? NoBody, body, []);
  // As many as anybody can use: a body of nothing but faults would be answered with one far longer than itself.
  const issues = [...query.issues, ...checkedBody.issues].slice(0, MAX_ISSUES);
  if (issues.length > 0) throw new Refusal("invalid_input", { issues });
  return { query: query.value, body: checkedBody.value };
}

function check(schema: z.ZodMiniType, input: unknown, under: string[]): { value: unknown; issues: InputIssue[] } {
  const result = z.safeParse(schema, input);
  if (result.success) return { value: result.data, issues: [] };
  const issues = result.error.issues.flatMap((issue): InputIssue[] => {
    const path = [...under, ...issue.path.map((part) => (typeof part === "symbol" ? String(part) : part))];
    if (issue.code !== "unrecognized_keys") return [{ path, message: issue.message }];
    return issue.keys.map((key) => ({ path: [...path, printable(key)], message: "This field is not known" }));
  });
  return { value: undefined, issues };
}

/** A field's name as it can be sent back: a sender may call a field whatever it likes. */
function printable(key: string): string {
  return isWellFormed(key) ? key.slice(0, 100) : "?";
}

async function send<E extends Endpoint>(endpoint: E, reply: Reply<E>, req: Request, res: Response): Promise<void> {
  const { status: successStatus, body: schema } = endpoint.success;
  if (reply.headers) res.set(reply.headers);
  res.status(reply.status ?? successStatus);
  if (schema === null) {
    res.end();
    return;
  }
  const text = reply.isConstant ? jsonOnce(reply.body as object) : JSON.stringify(reply.body);
  if (
    endpoint.access === "public" &&
    endpoint.method === "GET" &&
    endpoint.path.startsWith("/api/") &&
    res.statusCode === 200
  ) {
    // Weak, since the same answer may come compressed or not (RFC 9110, 8.8.1).
    res.set({ "Cache-Control": PUBLIC_CACHE, ETag: `W/"${hash("sha1", text, "base64url")}"` });
    res.vary("Accept-Encoding");
    if (req.fresh) {
      res.status(304).end();
      return;
    }
  }
  res.setHeader("Content-Type", "application/json; charset=utf-8");
  await endCompressed(req, res, text);
}
