import { type LiveSession, type PendingSession, SecondFactor } from "@yumroad/contract";
import type { Request, Response } from "express";
import type { Limits } from "../../config/limits.ts";
import { isDatabaseOutOfReach } from "../db/faults.ts";
import type { Clock } from "../lib/clock.ts";
import { endOf, type SessionRecord } from "../sessions/session-record.ts";
import { SessionStoreUnavailable } from "../sessions/session-store.ts";
import { createRequestSessions, type RequestSessions, type RequestSessionsOptions } from "./express-session.ts";
import { changeSessions, type SessionChanges } from "./session-changes.ts";

/** What HTTP does with sessions. */
export interface Sessions extends SessionReads, SessionChanges, SessionPresenter {}

/** What a request's session says. */
interface SessionReads {
  /** Loads the session that the request's cookie names, if there is one. Throws SessionStoreUnavailable. */
  load(req: Request, res: Response): Promise<void>;
  /** The session of a loaded request, or null. Half a session is nobody's, and not this. */
  current(req: Request): SessionRecord | null;
  /** The session of a loaded request that still owes a second factor, or null. */
  pending(req: Request): SessionRecord | null;
  /** The id of the session of a loaded request, to tell it from others: it leaves the server in the cookie alone (R7). */
  idOf(req: Request): string;
  /** Whether the person has proven who they are lately enough for what could take the account away (R69). */
  isFresh(req: Request): boolean;
  /** Whether the browser holds a cookie that we signed, whose session is over. */
  hasEnded(req: Request): boolean;
  /** Looks in the store if the session of a record is alive, under whichever id it goes on. */
  isAlive(record: SessionRecord): Promise<boolean>;
  /** Keeps a session that is in use alive: at most one write in `limits.sessionRenewal`. */
  renew(req: Request): Promise<void>;
}

interface SessionPresenter {
  /** A session as the contract shows it: a whole one, or half of one. */
  present(record: SessionRecord): LiveSession;
  presentPending(record: SessionRecord): PendingSession;
}

export interface SessionsOptions extends RequestSessionsOptions {
  clock: Clock;
}

export function createSessions(options: SessionsOptions): Sessions {
  const requests = createRequestSessions(options);
  return {
    ...readSessions(requests, options),
    ...changeSessions(requests, options),
    ...presentSessions(options.limits),
  };
}

function readSessions(requests: RequestSessions, { store, clock, limits }: SessionsOptions): SessionReads {
  function current(req: Request): SessionRecord | null {
    const record = requests.recordOf(req);
    return record?.isPending ? null : record;
  }

  return {
    current,
    load: requests.load,
    hasEnded: requests.hasEnded,
    idOf: (req) => req.sessionID,

    pending(req) {
      const record = requests.recordOf(req);
      return record?.isPending ? record : null;
    },

    isFresh(req) {
      const record = current(req);
      return record !== null && clock.now() - record.provenAt <= limits.freshness;
    },

    async isAlive({ user, loggedInAt }) {
      const alive = await store.listOf(user.id);
      return alive.some(({ record }) => !record.isPending && record.loggedInAt === loggedInAt);
    },

    async renew(req) {
      const record = requests.recordOf(req);
      const now = clock.now();
      if (!record || now - record.seenAt < limits.sessionRenewal) return;
      try {
        await requests.renew(req, now);
      } catch (error) {
        // The session was read, so the request is somebody's; that it was seen can be noted next time.
        if (!(error instanceof SessionStoreUnavailable) && !isDatabaseOutOfReach(error)) throw error;
      }
    },
  };
}

function presentSessions(limits: Limits): SessionPresenter {
  const expiresAt = (record: SessionRecord) => new Date(endOf(record, limits)).toISOString();
  return {
    present: (record) => ({ user: record.user, expiresAt: expiresAt(record) }),
    presentPending: (record) => ({
      user: null,
      expiresAt: expiresAt(record),
      ended: false,
      secondFactors: [...SecondFactor.options],
    }),
  };
}
