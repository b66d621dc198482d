import type { User } from "@yumroad/contract";
import type { SessionData, Store } from "express-session";
import type { Limits } from "../../config/limits.ts";
import type { Clock } from "../lib/clock.ts";
import type { SessionRecord } from "./session-record.ts";

/**
 * Thrown when the session store can't be reached or did not answer in time. The command may or may not have been
 * executed.
 */
export class SessionStoreUnavailable extends Error {
  override name = "SessionStoreUnavailable";
}

/**
 * A session store for express-session. Both stores guarantee:
 * - A new session is written only under an unused id, a loaded one only over the exact text that was read, so that a
 * slow request can neither revive an ended session nor undo a change of its user (expressjs/session#632).
 * - A session past its idle or absolute end, by the given clock, does not exist.
 * - Finding the sessions of one user does not read other users' sessions.
 * - A user has at most `limits.sessionsPerAccount` complete sessions and `limits.pendingSessionsPerAccount` pending
 * ones: when one more begins, the oldest ends.
 */
export interface SessionStore extends Store {
  /**
   * Records `seenAt` as the last use of a loaded session. Does nothing if the session was changed or ended after it was
   * loaded.
   */
  renew(session: SessionData, id: string, seenAt: number): Promise<void>;
  /**
   * Moves a session to another id and replaces its record atomically, so that a call that ends all sessions of the user
   * always finds the session. False: the session no longer existed, and nothing was written.
   */
  move(id: string, newId: string, record: SessionRecord): Promise<boolean>;
  /** Ends one session and returns its record. Null: there was no such session. */
  end(id: string): Promise<SessionRecord | null>;
  /** Ends all sessions of a user, except the one with the id `except`, and returns the number of ended sessions. */
  endAllOf(userId: string, options?: { except: string }): Promise<number>;
  /** Returns the live sessions of a user, including pending ones. Reads no other user's sessions. */
  listOf(userId: string): Promise<StoredSession[]>;
  /** Replaces the user's data in each of their sessions. */
  rewriteUser(user: User): Promise<void>;
  /** Deletes expired sessions. Does nothing for Redis, which deletes them itself. */
  sweep(): Promise<void>;
  /**
   * Throws SessionStoreUnavailable unless the store accepts writes now. Checking that it answers is not enough: a full
   * store or a read-only replica still answers reads, but no session can begin or end in it.
   */
  assertWritable(): Promise<void>;
  close(): Promise<void>;
}

export interface StoredSession {
  id: string;
  record: SessionRecord;
}

export interface SessionStoreOptions {
  clock: Clock;
  limits: Limits;
}

/**
 * Remembers, for each record object, the exact text that was last read or written. A later write compares this text
 * with the stored one. The text also shows that express-session's second save of a new session can be skipped.
 */
export class KnownTexts {
  readonly #texts = new WeakMap<SessionRecord, string>();

  get(record: SessionRecord): string | undefined {
    return this.#texts.get(record);
  }

  set(record: SessionRecord, text: string): void {
    this.#texts.set(record, text);
  }
}

type Callback<T> = (error?: unknown, result?: T) => void;

/** Calls an express-session callback exactly once, with the result or the error of a promise. */
export function answer<T>(work: Promise<T>, callback: Callback<T> | undefined): void {
  work.then(
    (result) => queueMicrotask(() => callback?.(null, result)),
    (error: unknown) => queueMicrotask(() => callback?.(error)),
  );
}
