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
  /** Secrets, newest first: the first one signs, all of them verify. */
  secrets: string[];
  limits: Limits;
}

/**
 * The sessions of requests, by express-session. Every workaround for express-session is in this file, with its reason,
 * and no other file accesses `req.session`.
 */
export interface RequestSessions {
  /** Loads the session that the request's cookie names, if there is one. Throws SessionStoreUnavailable. */
  load(req: Request, res: Response): Promise<void>;
  /** The record of a loaded request's session, pending or complete. Null: the request has no session. */
  recordOf(req: Request): SessionRecord | null;
  /** True if this server has signed the request's cookie and the session that the cookie names has ended. */
  hasEnded(req: Request): boolean;
  /** Stores `seenAt` as the time of the session's last use. */
  renew(req: Request, seenAt: number): Promise<void>;
  /**
   * Throws `secure_cookie_impossible` if the answer can't set a secure cookie, since the request did not come over
   * HTTPS.
   */
  assertCookiePossible(req: Request): void;
  /** Stores a new session under a new id and ends the request's former session. */
  begin(req: Request, record: SessionRecord): Promise<void>;
  /**
   * Moves the session to a new id and replaces its record. Throws `unauthenticated` if the session ended during the
   * request.
   */
  move(req: Request, record: SessionRecord): Promise<void>;
  /** Keeps the answer from setting a session cookie and from storing the session. */
  forget(req: Request): void;
}

const ID_BYTES = 32;

export function createRequestSessions(options: RequestSessionsOptions): RequestSessions {
  const { store, cookies, secrets, limits } = options;
  const middleware = createMiddleware(options);

  /**
   * Puts a record into the request's session. The cookie of a remembered session gets `expires`, so that it survives a
   * restart of the browser; any other session's cookie gets none.
   */
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
      // express-session has found the session, so it has also verified the cookie's signature.
      if (req.session?.record) req.presentedSessionId = req.sessionID;
      else req.presentedSessionId = value === null ? null : readSigned(value, secrets);
    },

    async renew(req, seenAt) {
      await store.renew(req.session, req.sessionID, seenAt);
      // This is kept outside of `req.session`, because express-session would treat a change there as a changed session
      // and write it again.
      req.sessionSeenAt = seenAt;
    },

    assertCookiePossible: (req) => assertCookiePossible(req, cookies),

    async begin(req, record) {
      try {
        await promised((done) => req.session.regenerate(done));
        setRecord(req, record);
        // Saves now. express-session would save only while it sends the answer, so the answer could set a cookie for a
        // session that was not saved.
        await promised((done) => req.session.save(done));
      } catch (error) {
        // express-session must not set the cookie of an unsaved session on the answer to this error.
        forget(req);
        throw error;
      }
    },

    async move(req, record) {
      const id = req.sessionID;
      try {
        // `regenerate` would end the old session and then begin a new one. If another request ended all the user's
        // sessions between these two steps, the new session would survive (R17).
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

/** Without this check express-session would omit the cookie, and the answer would look like a success. */
function assertCookiePossible(req: Request, { attributes }: CookieSettings): void {
  if (!attributes.secure || req.secure) return;
  req.log.error(
    "a secure cookie can't be set, since the connection looks like plain http: set TRUST_PROXY to your proxy and have it send X-Forwarded-Proto",
  );
  throw new Refusal("secure_cookie_impossible");
}

/**
 * The session id of a loaded request, even if its session is not stored. Null: no session was loaded, or `forget`
 * removed it.
 */
export function sessionIdOf(req: Request): string | null {
  return req.session ? req.sessionID : null;
}

function recordOf(req: Request): SessionRecord | null {
  const record = req.session?.record;
  if (!record || req.sessionSeenAt === undefined) return record ?? null;
  return { ...record, seenAt: req.sessionSeenAt };
}

/** Without a session on the request, express-session does nothing at the end of the answer. */
function forget(req: Request): void {
  (req as { session: unknown }).session = null;
}

/** The value of the session cookie. Null: the request has no such cookie, or more than one. */
function presentedValue(req: Request, name: string): string | null {
  const values = cookieValues(req.headers.cookie, name);
  return values.length === 1 ? (values[0] ?? null) : null;
}

/** Removes the session cookies of a request that has several: express-session would use the first of them. */
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
      /**
       * The session id in the cookie of a loaded request, whose session may have ended. Null: there is no valid cookie.
       */
      presentedSessionId?: string | null;
      /** Time at which this request renewed its session, in milliseconds since 1970. */
      sessionSeenAt?: number;
    }
  }
}
