import type { User } from "@yumroad/contract";
import type { Request, Response } from "express";
import type { Clock } from "../lib/clock.ts";
import { userAgentLabel } from "../lib/user-agent-label.ts";
import type { SessionRecord } from "../sessions/session-record.ts";
import { cookieValues, readSigned } from "./cookies.ts";
import type { RequestSessions, RequestSessionsOptions } from "./express-session.ts";
import { shortAddressOf } from "./ip-address.ts";

/** Functions that begin, rotate, complete and end sessions. */
export interface SessionChanges {
  /**
   * Throws unless a session could begin now (`secure_cookie_impossible` or SessionStoreUnavailable). Call this before
   * work that is useless without a session, such as creating an account.
   */
  assertCanBegin(req: Request): Promise<void>;
  /**
   * Begins a session for a user under a new id and ends the request's former session. Resolves once the session is
   * stored.
   */
  begin(req: Request, user: User, options: { isRemembered: boolean; isPending?: boolean }): Promise<SessionRecord>;
  /**
   * Moves the session to a new id and makes the old id invalid (R4). The session's absolute end stays the same; so does
   * the time of the last proof of identity, unless `isProven`. Resolves once the session is stored. Throws
   * `unauthenticated` if the session ended during the request. Features call `rotateSession` instead.
   */
  rotate(req: Request, user: User, options: { isProven: boolean }): Promise<SessionRecord>;
  /**
   * Makes a pending session complete, under a new id, after the second factor was verified (R71). Its times are those
   * of a new login. It is remembered if the pending session was. Resolves once the session is stored. Throws
   * `unauthenticated` if the pending session ended during the request: a logout, the end of all sessions or another
   * request that completed it can end it.
   */
  complete(req: Request, user: User): Promise<SessionRecord>;
  /**
   * Undoes `rotate` or `complete` when another request has already used the proof of identity: gives the session its
   * `former` record under a third id. The second id never left the server, since no answer was sent.
   */
  takeBack(req: Request, former: SessionRecord): Promise<void>;
  /** Ends a session that has just begun, and keeps the answer from setting its cookie. */
  abandon(req: Request): Promise<void>;
  /**
   * Ends the session on the server and clears its cookie. Does nothing if the request has no session cookie. Returns
   * the records of the ended sessions.
   */
  end(req: Request, res: Response): Promise<SessionRecord[]>;
}

/**
 * Maximum number of session cookies of one request whose sessions `end` ends. A browser sends one cookie, or a few if
 * an attacker has planted some. A forged header could contain hundreds.
 */
const MAX_COOKIES_ENDED = 4;

export function changeSessions(
  requests: RequestSessions,
  { store, cookies, secrets, clock }: RequestSessionsOptions & { clock: Clock },
): SessionChanges {
  async function move(req: Request, record: SessionRecord): Promise<SessionRecord> {
    await requests.move(req, record);
    return record;
  }

  return {
    async assertCanBegin(req) {
      requests.assertCookiePossible(req);
      await store.assertWritable();
    },

    async begin(req, user, { isRemembered, isPending = false }) {
      requests.assertCookiePossible(req);
      const now = clock.now();
      const times = { loggedInAt: now, seenAt: now, provenAt: now };
      const record = { user, ...times, isRemembered, isPending, ...browserOf(req) };
      await requests.begin(req, record);
      return record;
    },

    async rotate(req, user, { isProven }) {
      const record = requests.recordOf(req);
      if (record === null || record.isPending) throw new Error("Only a session that is there can go on under a new id");
      const now = clock.now();
      return move(req, { ...record, user, seenAt: now, ...(isProven && { provenAt: now }) });
    },

    async complete(req, user) {
      const record = requests.recordOf(req);
      if (!record?.isPending) throw new Error("Only a pending session can be completed");
      const now = clock.now();
      return move(req, { ...record, user, isPending: false, loggedInAt: now, seenAt: now, provenAt: now });
    },

    async takeBack(req, former) {
      await move(req, former);
    },

    async abandon(req) {
      const id = req.sessionID;
      requests.forget(req);
      await store.end(id);
    },

    async end(req, res) {
      const values = cookieValues(req.headers.cookie, cookies.sessionName);
      if (values.length === 0) return [];
      res.clearCookie(cookies.sessionName, cookies.attributes);
      // If there are several cookies, the server trusts none of them, but ends the sessions of all of them.
      const few = values.slice(0, MAX_COOKIES_ENDED);
      const ids = few.map((value) => readSigned(value, secrets)).filter((id) => id !== null);
      const ended = await Promise.all(ids.map((id) => store.end(id)));
      return ended.filter((record) => record !== null);
    },
  };
}

/** The browser and shortened IP address of a new session, by which its owner recognises it. */
function browserOf(req: Request): Pick<SessionRecord, "device" | "address"> {
  return { device: userAgentLabel(req.headers["user-agent"]), address: shortAddressOf(req.ip) };
}
