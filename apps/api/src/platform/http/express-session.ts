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
  /** Newest first: the first signs, all are believed. */
  secrets: string[];
  limits: Limits;
}

/**
 * The session of a request, by express-session. All that has to be worked around in it stands in this file, each with
 * its reason, and no other file touches `req.session`.
 */
export interface RequestSessions {
  /** Loads the session that the request's cookie names, if there is one. Throws SessionStoreUnavailable. */
  load(req: Request, res: Response): Promise<void>;
  /** What the session of a loaded request holds, pending or not. */
  recordOf(req: Request): SessionRecord | null;
  /** Whether the browser holds a cookie that we signed, whose session is over. */
  hasEnded(req: Request): boolean;
  /** Stores that the session was seen. */
  renew(req: Request, seenAt: number): Promise<void>;
  /** Throws `secure_cookie_impossible` when the answer could set no cookie. */
  assertCookiePossible(req: Request): void;
  /** Stores a new session under a new id; the one before ends. */
  begin(req: Request, record: SessionRecord): Promise<void>;
  /** Puts the session under a new id, as `record`; throws `unauthenticated` when it has ended meanwhile. */
  move(req: Request, record: SessionRecord): Promise<void>;
  /** Lets the answer set no cookie, and store nothing. */
  forget(req: Request): void;
}

const ID_BYTES = 32;

export function createRequestSessions(options: RequestSessionsOptions): RequestSessions {
  const { store, cookies, secrets, limits } = options;
  const middleware = createMiddleware(options);

  /** The cookie of a remembered session outlives the browser's windows; any other one has no `expires`. */
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
      // express-session has checked the signature of a session that it found: no need to do so again.
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
        // express-session would save it while the answer is on its way, and with it a cookie that may come to nothing.
        await promised((done) => req.session.save(done));
      } catch (error) {
        // Otherwise express-session would set the cookie of a session that is not stored on the error's answer.
        forget(req);
        throw error;
      }
    },

    async move(req, record) {
      const id = req.sessionID;
      try {
        // Not `regenerate`, which would end one and begin another: who ends all sessions in between would miss it (R17).
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

/** express-session would answer as if all was well, and leave the cookie out. */
function assertCookiePossible(req: Request, { attributes }: CookieSettings): void {
  if (!attributes.secure || req.secure) return;
  req.log.error(
    "a secure cookie can't be set, since the connection looks like plain http: set TRUST_PROXY to your proxy and have it send X-Forwarded-Proto",
  );
  throw new Refusal("secure_cookie_impossible");
}

/** The id of a loaded request's session, which need not be stored; null for a request that has none. */
export function sessionIdOf(req: Request): string | null {
  return req.session ? req.sessionID : null;
}

function recordOf(req: Request): SessionRecord | null {
  const record = req.session?.record;
  if (!record || req.sessionSeenAt === undefined) return record ?? null;
  return { ...record, seenAt: req.sessionSeenAt };
}

/** express-session does nothing at the end of the answer of a request without a session. */
function forget(req: Request): void {
  (req as { session: unknown }).session = null;
}

/** What the one cookie of ours says; null when there is none, or more than one of that name. */
function presentedValue(req: Request, name: string): string | null {
  const values = cookieValues(req.headers.cookie, name);
  return values.length === 1 ? (values[0] ?? null) : null;
}

/** Of two cookies of one name express-session would take the first. */
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
      /** The id in the cookie, once the session was loaded; it may be of a session that is over. */
      presentedSessionId?: string | null;
      /** When this request renewed its session. */
      sessionSeenAt?: number;
    }
  }
}
