import type { User } from "@yumroad/contract";
import type { SessionData, Store } from "express-session";
import type { Limits } from "../../config/limits.ts";
import type { Clock } from "../lib/clock.ts";
import type { SessionRecord } from "./session-record.ts";

/** The store did not answer in time, or not at all. The command may or may not have been executed. */
export class SessionStoreUnavailable extends Error {
  override name = "SessionStoreUnavailable";
}

/**
 * Guarantees of both session stores, beside express-session's own interface:
 * - a new session is only written under an unused id, a loaded one only over the exact text that was read, so that a
 * slow request can neither revive an ended session nor undo a change of its user (expressjs/session#632);
 * - a session past its idle or absolute end, by the given clock, does not exist;
 * - finding the sessions of one user does not read anybody else's;
 * - a user has at most `limits.sessionsPerAccount` complete sessions and `limits.pendingSessionsPerAccount` pending
 * ones: when one more begins, the oldest ends.
 */
export interface SessionStore extends Store {
  /** Marks a loaded session as used now. Loses against any other write, and never writes an ended session. */
  renew(session: SessionData, id: string, seenAt: number): Promise<void>;
  /**
   * Moves an existing session to another id, as `record`, atomically: a concurrent end applies to one id or the other.
   * False: it no longer existed, and nothing was written.
   */
  move(id: string, newId: string, record: SessionRecord): Promise<boolean>;
  /** Ends one session and returns it; null when there was none. */
  end(id: string): Promise<SessionRecord | null>;
  /** Ends all sessions of a user except a given one, and returns their number. */
  endAllOf(userId: string, options?: { except: string }): Promise<number>;
  /** The live sessions of a user, pending ones included, at the cost of that user's own. */
  listOf(userId: string): Promise<StoredSession[]>;
  /** Writes a user's changed data into each of their sessions. */
  rewriteUser(user: User): Promise<void>;
  /** Deletes expired sessions. Redis does so by itself. */
  sweep(): Promise<void>;
  /**
   * Throws SessionStoreUnavailable unless the store accepts writes now. Answering is not enough: a full one, or a
   * read-only replica, still reads, and no session can begin or end in it.
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
 * Remembers, for each session object, the exact text that was read or written. A later write compares with it, and
 * express-session's second save of a new session costs nothing.
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

/** Calls express-session's callback with a promise's outcome, exactly once. */
export function answer<T>(work: Promise<T>, callback: Callback<T> | undefined): void {
  work.then(
    (result) => queueMicrotask(() => callback?.(null, result)),
    (error: unknown) => queueMicrotask(() => callback?.(error)),
  );
}
