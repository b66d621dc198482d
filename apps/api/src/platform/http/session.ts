import { type LiveSession, type PendingSession, SecondFactor } from "@yumroad/contract";
import type { Request, Response } from "express";
import type { Limits } from "../../config/limits.ts";
import { isDatabaseOutOfReach } from "../db/faults.ts";
import type { Clock } from "../lib/clock.ts";
import { endOf, type SessionRecord } from "../sessions/session-record.ts";
import { SessionStoreUnavailable } from "../sessions/session-store.ts";
import { createRequestSessions, type RequestSessions, type RequestSessionsOptions } from "./express-session.ts";
import { changeSessions, type SessionChanges } from "./session-changes.ts";

/** The sessions of HTTP requests. */
export interface Sessions extends SessionReads, SessionChanges, SessionPresenter {}

/** Functions that read or renew a request's session. */
interface SessionReads {
  /** Loads the session that the request's cookie names, if there is one. Throws SessionStoreUnavailable. */
  load(req: Request, res: Response): Promise<void>;
  /** The complete session of a loaded request. Null: there is no session, or it is pending. */
  current(req: Request): SessionRecord | null;
  /** The pending session of a loaded request. Null: there is no session, or it is complete. */
  pending(req: Request): SessionRecord | null;
  /**
   * The session id of a loaded request, for comparing it with others. It may leave the server in the cookie only (R7).
   */
  idOf(req: Request): string;
  /** True if the user has proven their identity recently enough for a change that could take over the account (R69). */
  isFresh(req: Request): boolean;
  /** True if this server has signed the request's cookie and the session that the cookie names has ended. */
  hasEnded(req: Request): boolean;
  /** Asks the store if the session of a record is alive, even if it has moved to another id. */
  isAlive(record: SessionRecord): Promise<boolean>;
  /** Records that the session was used, at most once per `limits.sessionRenewal`. */
  renew(req: Request): Promise<void>;
}

interface SessionPresenter {
  /** A complete session in the form of the contract. */
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
        // Ignores the failure: the session was read, so the request is authenticated. A later request can record the
        // use.
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
