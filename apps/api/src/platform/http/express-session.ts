import { randomBytes } from "node:crypto";
import type { Request, RequestHandler, Response } from "express";
import expressSession from "express-session";
import type { Limits } from "../../config/limits.ts";
import { absoluteEndOf, type SessionRecord } from "../sessions/session-record.ts";
import type { SessionStore } from "../sessions/session-store.ts";
import { type CookieSettings, cookieValues, readSigned, withoutCookie } from "./cookies.ts";
import { Refusal } from "./problem.ts";

export interface RequestSessionsOptions {
  store: SessionStore;
  cookies: CookieSettings;
  /** Newest first: the first signs, all verify. */
  secrets: string[];
  limits: Limits;
}

/**
 * The session of a request, by express-session. Every workaround for it is in this file, with its reason, and no other
 * file accesses `req.session`.
 */
export interface RequestSessions {
  /** Loads the session of the request's cookie, if there is one. Throws SessionStoreUnavailable. */
  load(req: Request, res: Response): Promise<void>;
  /** The record of a loaded request's session, pending or complete. */
  recordOf(req: Request): SessionRecord | null;
  /** True for a cookie that this server signed and a session that has ended. */
  hasEnded(req: Request): boolean;
  /** Stores the time of the session's use. */
  renew(req: Request, seenAt: number): Promise<void>;
  /** Throws `secure_cookie_impossible` when the answer could set no cookie. */
  assertCookiePossible(req: Request): void;
  /** Stores a new session under a new id; the former one ends. */
  begin(req: Request, record: SessionRecord): Promise<void>;
  /** Moves the session to a new id, as `record`; throws `unauthenticated` when it has ended meanwhile. */
  move(req: Request, record: SessionRecord): Promise<void>;
  /** Keeps the answer from setting a cookie and from storing the session. */
  forget(req: Request): void;
}

const ID_BYTES = 32;

export function createRequestSessions(options: RequestSessionsOptions): RequestSessions {
  const { store, cookies, secrets, limits } = options;
  const middleware = createMiddleware(options);

  /** The cookie of a remembered session survives the browser's restart; any other has no `expires`. */
  function setRecord(req: Request, record: SessionRecord): void {
    req.session.record = record;
    if (record.isRemembered && !record.isPending) req.session.cookie.expires = new Date(absoluteEndOf(record, limits));
  }

  return {
    recordOf,
    forget,
    hasEnded: (req) => typeof req.presentedSessionId === "string" && !req.session?.record,

    async load(req, res) {
      const value = presentedValue(req, cookies.sessionName);
      if (value === null) hideCookie(req, cookies.sessionName);
      await promised((done) => middleware(req, res, done));
      // express-session has verified the signature of a session that it found: no need to repeat it.
      if (req.session?.record) req.presentedSessionId = req.sessionID;
      else req.presentedSessionId = value === null ? null : readSigned(value, secrets);
    },

    async renew(req, seenAt) {
      await store.renew(req.session, req.sessionID, seenAt);
      // Not in the session itself: express-session would find it changed, and write it again.
      req.sessionSeenAt = seenAt;
    },

    assertCookiePossible: (req) => assertCookiePossible(req, cookies),

    async begin(req, record) {
      try {
        await promised((done) => req.session.regenerate(done));
        setRecord(req, record);
        // express-session would save it only while it sends the answer, and the cookie with it might name no session.
        await promised((done) => req.session.save(done));
      } catch (error) {
        // Otherwise express-session would set the cookie of an unsaved session on the error's answer.
        forget(req);
        throw error;
      }
    },

    async move(req, record) {
      const id = req.sessionID;
      try {
        // Not `regenerate`, which ends one session and begins another: ending all sessions in between would miss it
        // (R17).
        req.sessionStore.generate(req);
        setRecord(req, record);
        if (!(await store.move(id, req.sessionID, record))) throw new Refusal("unauthenticated");
      } catch (error) {
        forget(req);
        throw error;
      }
    },
  };
}

function createMiddleware({ store, cookies, secrets }: RequestSessionsOptions): RequestHandler {
  return expressSession({
    store,
    name: cookies.sessionName,
    secret: secrets,
    cookie: cookies.attributes,
    genid: () => randomBytes(ID_BYTES).toString("base64url"),
    resave: false,
    saveUninitialized: false,
  });
}

/** express-session would answer as usual, and silently leave the cookie out. */
function assertCookiePossible(req: Request, { attributes }: CookieSettings): void {
  if (!attributes.secure || req.secure) return;
  req.log.error(
    "a secure cookie can't be set, since the connection looks like plain http: set TRUST_PROXY to your proxy and have it send X-Forwarded-Proto",
  );
  throw new Refusal("secure_cookie_impossible");
}

/** The id of a loaded request's session, stored or not; null for a request without one. */
export function sessionIdOf(req: Request): string | null {
  return req.session ? req.sessionID : null;
}

function recordOf(req: Request): SessionRecord | null {
  const record = req.session?.record;
  if (!record || req.sessionSeenAt === undefined) return record ?? null;
  return { ...record, seenAt: req.sessionSeenAt };
}

/** express-session does nothing at the end of an answer if the request has no session. */
function forget(req: Request): void {
  (req as { session: unknown }).session = null;
}

/** The value of the session cookie; null when there is none, or more than one of that name. */
function presentedValue(req: Request, name: string): string | null {
  const values = cookieValues(req.headers.cookie, name);
  return values.length === 1 ? (values[0] ?? null) : null;
}

/** Of two cookies with one name express-session would take the first. */
function hideCookie({ headers }: Request, name: string): void {
  if (headers.cookie === undefined) return;
  const rest = withoutCookie(headers.cookie, name);
  if (rest === undefined) delete headers.cookie;
  else headers.cookie = rest;
}

function promised(call: (done: (error?: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => call((error) => (error ? reject(error) : resolve())));
}

declare global {
  namespace Express {
    interface Request {
      /** The session id in the cookie of a loaded request; its session may have ended. */
      presentedSessionId?: string | null;
      /** Time at which this request renewed its session. */
      sessionSeenAt?: number;
    }
  }
}
