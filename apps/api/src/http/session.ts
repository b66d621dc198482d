import { randomBytes } from "node:crypto";
import type { LiveSession, User } from "@yumroad/contract";
import type { Request, RequestHandler, Response } from "express";
import expressSession from "express-session";
import { isDatabaseOutOfReach } from "../db/faults.ts";
import type { Clock } from "../lib/clock.ts";
import type { Limits } from "../limits.ts";
import { absoluteEndOf, endOf, type SessionRecord } from "../sessions/session-record.ts";
import { type SessionStore, SessionStoreUnavailable } from "../sessions/session-store.ts";
import { type CookieManners, cookieValues, readSigned, withoutCookie } from "./cookies.ts";
import { Refusal } from "./problem.ts";

interface SessionsOptions {
  store: SessionStore;
  cookies: CookieManners;
  /** Newest first: the first signs, all are believed. */
  secrets: string[];
  clock: Clock;
  limits: Limits;
}

/** What HTTP does with sessions. Only this file touches `req.session`. */
export interface Sessions {
  /** Loads the session that the request's cookie names, if there is one. Throws SessionStoreUnavailable. */
  load(req: Request, res: Response): Promise<void>;
  /** The session of a loaded request, or null. */
  current(req: Request): SessionRecord | null;
  /** Whether the browser holds a cookie that we signed, whose session is over. */
  hasEnded(req: Request): boolean;
  /** Keeps a session that is in use alive: at most one write in `limits.sessionRenewal`. */
  renew(req: Request): Promise<void>;
  /**
   * Throws unless a session could begin now: for what must not happen without one, such as making an account.
   * `secure_cookie_impossible`, SessionStoreUnavailable.
   */
  mustBePossible(req: Request): Promise<void>;
  /** Begins a session for a user, under a new id; whatever session there was ends. Resolves once it is stored. */
  begin(req: Request, user: User, options: { isRemembered: boolean }): Promise<LiveSession>;
  /** Takes a session that has just begun back, so that no cookie leaves. */
  abandon(req: Request): Promise<void>;
  /** Ends the session on the server and clears its cookie, both only if the request brought one. */
  end(req: Request, res: Response): Promise<void>;
  /** A session as the contract shows it. */
  present(record: SessionRecord): LiveSession;
}

const ID_BYTES = 32;
/** A browser has one cookie of ours, an attacked one a few; a header could name hundreds. */
const MAX_COOKIES_ENDED = 4;

export function createSessions({ store, cookies, secrets, clock, limits }: SessionsOptions): Sessions {
  const middleware: RequestHandler = expressSession({
    store,
    name: cookies.sessionName,
    secret: secrets,
    cookie: cookies.attributes,
    genid: () => randomBytes(ID_BYTES).toString("base64url"),
    resave: false,
    saveUninitialized: false,
  });

  /** What the one cookie of ours says; null when there is none, or more than one of that name. */
  function presentedValue(req: Request): string | null {
    const values = cookieValues(req.headers.cookie, cookies.sessionName);
    return values.length === 1 ? (values[0] ?? null) : null;
  }

  /** express-session would answer as if all was well, and leave the cookie out. */
  function refuseInsecure(req: Request): void {
    if (!cookies.attributes.secure || req.secure) return;
    req.log.error(
      "a secure cookie can't be set, since the connection looks like plain http: set TRUST_PROXY to your proxy and have it send X-Forwarded-Proto",
    );
    throw new Refusal("secure_cookie_impossible");
  }

  function present(record: SessionRecord): LiveSession {
    return { user: record.user, expiresAt: new Date(endOf(record, limits)).toISOString() };
  }

  return {
    present,

    async load(req, res) {
      const value = presentedValue(req);
      // express-session would take the first of two cookies.
      if (value === null && req.headers.cookie !== undefined) {
        const rest = withoutCookie(req.headers.cookie, cookies.sessionName);
        if (rest === undefined) delete req.headers.cookie;
        else req.headers.cookie = rest;
      }
      await new Promise<void>((resolve, reject) => {
        middleware(req, res, (error?: unknown) => (error ? reject(error) : resolve()));
      });
      // express-session has checked the signature of a session that it found: no need to do so again.
      if (req.session?.record) req.presentedSessionId = req.sessionID;
      else req.presentedSessionId = value === null ? null : readSigned(value, secrets);
    },

    current(req) {
      const record = req.session?.record;
      return record ? { ...record, seenAt: req.sessionSeenAt ?? record.seenAt } : null;
    },

    hasEnded: (req) => typeof req.presentedSessionId === "string" && !req.session?.record,

    async renew(req) {
      const record = req.session?.record;
      const now = clock.now();
      if (!record || now - record.seenAt < limits.sessionRenewal) return;
      try {
        await store.renew(req.session, req.sessionID, now);
        req.sessionSeenAt = now;
      } catch (error) {
        // The session was read, so the request is somebody's; that it was seen can be noted next time.
        if (!(error instanceof SessionStoreUnavailable) && !isDatabaseOutOfReach(error)) throw error;
      }
    },

    async mustBePossible(req) {
      refuseInsecure(req);
      await store.ping();
    },

    async begin(req, user, { isRemembered }) {
      refuseInsecure(req);
      try {
        await new Promise<void>((resolve, reject) =>
          req.session.regenerate((error) => (error ? reject(error) : resolve())),
        );
        const now = clock.now();
        const record: SessionRecord = { user, loggedInAt: now, seenAt: now, isRemembered };
        req.session.record = record;
        if (isRemembered) req.session.cookie.expires = new Date(absoluteEndOf(record, limits));
        await new Promise<void>((resolve, reject) => req.session.save((error) => (error ? reject(error) : resolve())));
        return present(record);
      } catch (error) {
        // Otherwise express-session would set the cookie of a session that is not stored on the error's answer.
        forget(req);
        throw error;
      }
    },

    async abandon(req) {
      const id = req.sessionID;
      forget(req);
      await store.end(id);
    },

    async end(req, res) {
      const values = cookieValues(req.headers.cookie, cookies.sessionName);
      if (values.length === 0) return;
      res.clearCookie(cookies.sessionName, cookies.attributes);
      // Of two cookies neither is believed, but both are given up.
      const ids = values.map((value) => readSigned(value, secrets)).filter((id) => id !== null);
      await Promise.all(ids.slice(0, MAX_COOKIES_ENDED).map((id) => store.end(id)));
    },
  };
}

function forget(req: Request): void {
  (req as { session: unknown }).session = null;
}

declare global {
  namespace Express {
    interface Request {
      /** The id in the cookie, once `Sessions.load` has looked; it may be of a session that is over. */
      presentedSessionId?: string | null;
      /** When this request renewed its session. Not in the session itself, which express-session would write again. */
      sessionSeenAt?: number;
    }
  }
}
