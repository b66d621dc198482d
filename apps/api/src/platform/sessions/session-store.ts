import type { User } from "@yumroad/contract";
import type { SessionData, Store } from "express-session";
import type { Limits } from "../../config/limits.ts";
import type { Clock } from "../lib/clock.ts";
import type { SessionRecord } from "./session-record.ts";

/** The store did not answer in time, or not at all. Nothing is known of what it did. */
export class SessionStoreUnavailable extends Error {
  override name = "SessionStoreUnavailable";
}

/**
 * What both session stores guarantee, beside express-session's own interface:
 * - a new session is only written where none is, a loaded one only over exactly what was read, so that a slow request
 *   can neither revive an ended session nor undo a change of its user (expressjs/session#632);
 * - a session past its idle or absolute end, by the clock handed in, is not there;
 * - the sessions of one user are found without looking at anybody else's;
 * - a user has at most `limits.sessionsPerAccount` of them, and `limits.pendingSessionsPerAccount` half ones: when one more
 *   begins, the one that began first goes.
 */
export interface SessionStore extends Store {
  /** Marks a loaded session as seen now. Loses against any other write, and never writes an ended session. */
  renew(session: SessionData, id: string, seenAt: number): Promise<void>;
  /**
   * Puts a session that is there under another id, as `record`, in one step: whatever ends it at the same time ends it
   * under one id or the other. False: it was not there any more, and nothing is.
   */
  move(id: string, newId: string, record: SessionRecord): Promise<boolean>;
  /** Ends one session, and gives what it was; null when there was none. */
  end(id: string): Promise<SessionRecord | null>;
  /** Ends all sessions of a user, but for one that is named, and says how many there were. */
  endAllOf(userId: string, options?: { except: string }): Promise<number>;
  /** The sessions of a user that are alive, half ones too, at the cost of that user's own. */
  listOf(userId: string): Promise<StoredSession[]>;
  /** Writes what changed about a user into each of their sessions. */
  rewriteUser(user: User): Promise<void>;
  /** Deletes what is over. Redis does so by itself. */
  sweep(): Promise<void>;
  /**
   * Throws SessionStoreUnavailable unless the store takes writes now. That it answers is not enough: one that is full,
   * or a copy of another, still reads, and no session can begin or end in it.
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
 * Remembers, for each session object, the exact text it was read from or written as. It is what a later write
 * compares with, and lets express-session's second save of a new session cost nothing.
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

/** Settles express-session's callback with what a promise brings, and never calls it twice. */
export function answer<T>(work: Promise<T>, callback: Callback<T> | undefined): void {
  work.then(
    (result) => queueMicrotask(() => callback?.(null, result)),
    (error: unknown) => queueMicrotask(() => callback?.(error)),
  );
}
