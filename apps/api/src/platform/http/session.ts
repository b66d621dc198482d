import { randomBytes } from "node:crypto";
import { type LiveSession, type PendingSession, SecondFactor, type User } from "@yumroad/contract";
import type { Request, RequestHandler, Response } from "express";
import expressSession from "express-session";
import type { Limits } from "../../config/limits.ts";
import { isDatabaseOutOfReach } from "../db/faults.ts";
import type { Clock } from "../lib/clock.ts";
import { userAgentLabel } from "../lib/user-agent-label.ts";
import { absoluteEndOf, endOf, type SessionRecord } from "../sessions/session-record.ts";
import { type SessionStore, SessionStoreUnavailable } from "../sessions/session-store.ts";
import { type CookieSettings, cookieValues, readSigned, withoutCookie } from "./cookies.ts";
import { shortAddressOf } from "./ip-address.ts";
import { Refusal } from "./problem.ts";

interface SessionsOptions {
  store: SessionStore;
  cookies: CookieSettings;
  /** Newest first: the first signs, all are believed. */
  secrets: string[];
  clock: Clock;
  limits: Limits;
}

/** What HTTP does with sessions. Only this file touches `req.session`. */
export interface Sessions {
  /** Loads the session that the request's cookie names, if there is one. Throws SessionStoreUnavailable. */
  load(req: Request, res: Response): Promise<void>;
  /** The session of a loaded request, or null. Half a session is nobody's, and not this. */
  current(req: Request): SessionRecord | null;
  /** The session of a loaded request that still owes a second factor, or null. */
  half(req: Request): SessionRecord | null;
  /** The id of the session of a loaded request, to tell it from others: it leaves the server in the cookie alone (R7). */
  idOf(req: Request): string;
  /** Whether the person has proven who they are lately enough for what could take the account away (R69). */
  isFresh(req: Request): boolean;
  /** Whether the browser holds a cookie that we signed, whose session is over. */
  hasEnded(req: Request): boolean;
  /** Keeps a session that is in use alive: at most one write in `limits.sessionRenewal`. */
  renew(req: Request): Promise<void>;
  /**
   * Throws unless a session could begin now: for what must not happen without one, such as making an account.
   * `secure_cookie_impossible`, SessionStoreUnavailable.
   */
  assertCanBegin(req: Request): Promise<void>;
  /** Begins a session for a user, under a new id; whatever session there was ends. Resolves once it is stored. */
  begin(req: Request, user: User, options: { isRemembered: boolean; isPending?: boolean }): Promise<SessionRecord>;
  /**
   * Goes on with the session under a new id; the old one is dead (R4). When it ends does not change, and how lately the
   * person has proven who they are only where they have just done so. Resolves once it is stored; throws
   * `unauthenticated` when it has ended meanwhile. Features call `rotateSession`.
   */
  rotate(req: Request, user: User, options: { isProven: boolean }): Promise<SessionRecord>;
  /**
   * Makes half a session a whole one, under a new id, once the second factor was right (R71). It is a new log-in by its
   * times, remembered if the half one was. Resolves once it is stored; throws `unauthenticated` when the half one has
   * ended meanwhile, by whatever ended it: a log-out, the end of all sessions, or another code.
   */
  complete(req: Request, user: User): Promise<SessionRecord>;
  /**
   * Makes of a session that `rotate` or `complete` has just moved what it was before, under a third id: its proof turned
   * out to be of no use. Nobody has held the id in between, which would have left with the answer.
   */
  takeBack(req: Request, former: SessionRecord): Promise<void>;
  /** Takes a session that has just begun back, so that no cookie leaves. */
  abandon(req: Request): Promise<void>;
  /** Ends the session on the server and clears its cookie, both only if the request brought one. Gives what has ended. */
  end(req: Request, res: Response): Promise<SessionRecord[]>;
  /** A session as the contract shows it: a whole one, or half of one. */
  present(record: SessionRecord): LiveSession;
  presentPending(record: SessionRecord): PendingSession;
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

  function recordOf(req: Request): SessionRecord | null {
    const record = req.session?.record;
    if (!record || req.sessionSeenAt === undefined) return record ?? null;
    return { ...record, seenAt: req.sessionSeenAt };
  }

  function current(req: Request): SessionRecord | null {
    const record = recordOf(req);
    return record?.isPending ? null : record;
  }

  function half(req: Request): SessionRecord | null {
    const record = recordOf(req);
    return record?.isPending ? record : null;
  }

  function expiresAt(record: SessionRecord): string {
    return new Date(endOf(record, limits)).toISOString();
  }

  function setRecord(req: Request, record: SessionRecord): void {
    req.session.record = record;
    if (record.isRemembered && !record.isPending) req.session.cookie.expires = new Date(absoluteEndOf(record, limits));
  }

  /** Puts the session of a request under a new id, as `record`. */
  async function move(req: Request, record: SessionRecord): Promise<SessionRecord> {
    const id = req.sessionID;
    try {
      // Not `regenerate`, which would end one and begin another: who ends all sessions in between would miss it (R17).
      req.sessionStore.generate(req);
      setRecord(req, record);
      if (!(await store.move(id, req.sessionID, record))) throw new Refusal("unauthenticated");
      return record;
    } catch (error) {
      forget(req);
      throw error;
    }
  }

  return {
    current,
    half,
    idOf: (req) => req.sessionID,
    present: (record) => ({ user: record.user, expiresAt: expiresAt(record) }),
    presentPending: (record) => ({
      user: null,
      expiresAt: expiresAt(record),
      ended: false,
      secondFactors: [...SecondFactor.options],
    }),

    isFresh(req) {
      const record = current(req);
      return record !== null && clock.now() - record.provenAt <= limits.freshness;
    },

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

    async assertCanBegin(req) {
      refuseInsecure(req);
      await store.assertWritable();
    },

    async begin(req, user, { isRemembered, isPending = false }) {
      refuseInsecure(req);
      const now = clock.now();
      const times = { loggedInAt: now, seenAt: now, provenAt: now };
      const record = { user, ...times, isRemembered, isPending, ...browserOf(req) };
      try {
        await new Promise<void>((resolve, reject) =>
          req.session.regenerate((error) => (error ? reject(error) : resolve())),
        );
        setRecord(req, record);
        await new Promise<void>((resolve, reject) => req.session.save((error) => (error ? reject(error) : resolve())));
        return record;
      } catch (error) {
        // Otherwise express-session would set the cookie of a session that is not stored on the error's answer.
        forget(req);
        throw error;
      }
    },

    async rotate(req, user, { isProven }) {
      const record = current(req);
      if (record === null) throw new Error("Only a session that is there can go on under a new id");
      const now = clock.now();
      return move(req, { ...record, user, seenAt: now, ...(isProven && { provenAt: now }) });
    },

    async complete(req, user) {
      const record = half(req);
      if (record === null) throw new Error("Only half a session can be completed");
      const now = clock.now();
      return move(req, { ...record, user, isPending: false, loggedInAt: now, seenAt: now, provenAt: now });
    },

    async takeBack(req, former) {
      await move(req, former);
    },

    async abandon(req) {
      const id = req.sessionID;
      forget(req);
      await store.end(id);
    },

    async end(req, res) {
      const values = cookieValues(req.headers.cookie, cookies.sessionName);
      if (values.length === 0) return [];
      res.clearCookie(cookies.sessionName, cookies.attributes);
      // Of two cookies neither is believed, but both are given up.
      const few = values.slice(0, MAX_COOKIES_ENDED);
      const ids = few.map((value) => readSigned(value, secrets)).filter((id) => id !== null);
      const ended = await Promise.all(ids.map((id) => store.end(id)));
      return ended.filter((record) => record !== null);
    },
  };
}

/** Where a session begins, for its owner to know it again. */
function browserOf(req: Request): Pick<SessionRecord, "device" | "address"> {
  return { device: userAgentLabel(req.headers["user-agent"]), address: shortAddressOf(req.ip) };
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
