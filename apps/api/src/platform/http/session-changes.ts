import type { User } from "@yumroad/contract";
import type { Request, Response } from "express";
import type { Clock } from "../lib/clock.ts";
import { userAgentLabel } from "../lib/user-agent-label.ts";
import type { SessionRecord } from "../sessions/session-record.ts";
import { cookieValues, readSigned } from "./cookies.ts";
import type { RequestSessions, RequestSessionsOptions } from "./express-session.ts";
import { shortAddressOf } from "./ip-address.ts";

/** How a session begins, goes on under another id, and ends. */
export interface SessionChanges {
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
}

/** A browser has one cookie of ours, an attacked one a few; a header could name hundreds. */
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
      if (!record?.isPending) throw new Error("Only half a session can be completed");
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
