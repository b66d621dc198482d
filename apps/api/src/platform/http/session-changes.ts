import type { User } from "@yumroad/contract";
import type { Request, Response } from "express";
import type { Clock } from "../lib/clock.ts";
import { userAgentLabel } from "../lib/user-agent-label.ts";
import type { SessionRecord } from "../sessions/session-record.ts";
import { cookieValues, readSigned } from "./cookies.ts";
import type { RequestSessions, RequestSessionsOptions } from "./express-session.ts";
import { shortAddressOf } from "./ip-address.ts";

/** Begins, rotates, completes and ends sessions. */
export interface SessionChanges {
  /**
   * Throws unless a session could begin now: for work that must not happen without one, such as creating an account.
   * `secure_cookie_impossible`, SessionStoreUnavailable.
   */
  assertCanBegin(req: Request): Promise<void>;
  /** Begins a session for a user, under a new id; any former session ends. Resolves once it is stored. */
  begin(req: Request, user: User, options: { isRemembered: boolean; isPending?: boolean }): Promise<SessionRecord>;
  /**
   * Moves the session to a new id; the old one is dead (R4). Its end stays the same, and its freshness too unless the
   * user has just proven their identity. Resolves once it is stored; throws `unauthenticated` when it has ended
   * meanwhile. Features call `rotateSession`.
   */
  rotate(req: Request, user: User, options: { isProven: boolean }): Promise<SessionRecord>;
  /**
   * Makes a pending session complete, under a new id, once the second factor was verified (R71). Its times are those of
   * a new login; it is remembered if the pending one was. Resolves once it is stored; throws `unauthenticated` when the
   * pending one has ended meanwhile: by a logout, the end of all sessions, or another code.
   */
  complete(req: Request, user: User): Promise<SessionRecord>;
  /**
   * Restores a session that `rotate` or `complete` has just moved, under a third id, since its proof was used
   * elsewhere. The id in between never left the server: the answer would have carried it.
   */
  takeBack(req: Request, former: SessionRecord): Promise<void>;
  /** Undoes a session that has just begun, so that no cookie is sent. */
  abandon(req: Request): Promise<void>;
  /**
   * Ends the session on the server and clears its cookie, both only if the request has one. Returns the ended sessions.
   */
  end(req: Request, res: Response): Promise<SessionRecord[]>;
}

/** A browser has one session cookie, an attacked one a few; a header could name hundreds. */
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
      // With two cookies neither is trusted, but both sessions end.
      const few = values.slice(0, MAX_COOKIES_ENDED);
      const ids = few.map((value) => readSigned(value, secrets)).filter((id) => id !== null);
      const ended = await Promise.all(ids.map((id) => store.end(id)));
      return ended.filter((record) => record !== null);
    },
  };
}

/** The browser and address of a new session, by which its owner recognises it. */
function browserOf(req: Request): Pick<SessionRecord, "device" | "address"> {
  return { device: userAgentLabel(req.headers["user-agent"]), address: shortAddressOf(req.ip) };
}
