import type { User } from "@yumroad/contract";
import { type SessionData, Store } from "express-session";
import type { Database } from "../db/database.ts";
import { readRows } from "../db/read-rows.ts";
import { decodeRecord, encodeRecord, endOf, type SessionRecord, toSessionData } from "./session-record.ts";
import {
  answer,
  KnownTexts,
  type SessionStore,
  type SessionStoreOptions,
  type StoredSession,
} from "./session-store.ts";

/**
 * Maximum attempts to rewrite a user's sessions while others write them; after the last attempt, sessions not rewritten
 * end. In each round one of the concurrent writers succeeds, so this number of concurrent writers causes no failure.
 */
const REWRITE_TRIES = 100;
/** Maximum number of sessions that one statement rewrites. */
const REWRITTEN_AT_ONCE = 500;

interface Row {
  id: string;
  record: string;
}

/** Stores sessions as rows of the product's own database: for a single process, with nothing else to install. */
export class EmbeddedSessionStore extends Store implements SessionStore {
  readonly #database: Database;
  readonly #options: SessionStoreOptions;
  readonly #known = new KnownTexts();

  constructor(database: Database, options: SessionStoreOptions) {
    super();
    this.#database = database;
    this.#options = options;
  }

  override get(id: string, callback: (error?: unknown, session?: SessionData | null) => void): void {
    answer(this.#load(id), callback);
  }

  override set(id: string, session: SessionData, callback?: (error?: unknown) => void): void {
    answer(this.#save(id, session), callback);
  }

  override destroy(id: string, callback?: (error?: unknown) => void): void {
    answer(this.end(id), callback);
  }

  async renew(session: SessionData, id: string, seenAt: number): Promise<void> {
    if (session.record) await this.#replace(id, session.record, { ...session.record, seenAt });
  }

  async move(id: string, newId: string, record: SessionRecord): Promise<boolean> {
    const text = encodeRecord(record);
    const sql = "update sessions set id = ?, record = ?, expires_at = ? where id = ? returning id";
    const moved = await this.#run<unknown[]>(sql, [newId, text, endOf(record, this.#options.limits), id]);
    if (moved.length === 0) return false;
    this.#known.set(record, text);
    await this.#endOldest(record.user.id, newId);
    return true;
  }

  async end(id: string): Promise<SessionRecord | null> {
    const [row] = await this.#run<{ record: string }[]>("delete from sessions where id = ? returning record", [id]);
    return row ? this.#read(row.record) : null;
  }

  async endAllOf(userId: string, { except }: { except: string } = { except: "" }): Promise<number> {
    const sql = "delete from sessions where user_id = ? and id <> ? returning id";
    return (await this.#run<unknown[]>(sql, [userId, except])).length;
  }

  async listOf(userId: string): Promise<StoredSession[]> {
    return (await this.#rowsOf(userId)).flatMap(({ id, record: text }) => {
      const record = this.#read(text);
      return record ? [{ id, record }] : [];
    });
  }

  async rewriteUser(user: User): Promise<void> {
    for (let tries = 0; tries < REWRITE_TRIES; tries += 1) {
      const isDone = await this.#rewrite(user.id, await this.#outdated(user));
      if (isDone) return;
    }
    for (const { id } of await this.#outdated(user)) await this.end(id);
  }

  async sweep(): Promise<void> {
    await this.#run("delete from sessions where expires_at <= ?", [this.#options.clock.now()]);
  }

  async assertWritable(): Promise<void> {
    // This statement throws on a read-only database. It deletes no row, because a real write would wait for the disk.
    // It does not notice a full disk; the first write that stores a row, for example an account, does.
    await this.#run("delete from sessions where id = ''", []);
  }

  async close(): Promise<void> {
    // The database is closed by the code that opened it.
  }

  async #load(id: string): Promise<SessionData | null> {
    const sql = "select record from sessions where id = ?";
    const [row] = await readRows<Pick<Row, "record">>(this.#database.fork(), sql, [id]);
    const record = row ? this.#read(row.record) : null;
    return record && toSessionData(record);
  }

  #read(text: string): SessionRecord | null {
    const record = decodeRecord(text);
    if (!record || endOf(record, this.#options.limits) <= this.#options.clock.now()) return null;
    this.#known.set(record, text);
    return record;
  }

  async #save(id: string, { record }: SessionData): Promise<void> {
    if (!record) return;
    const text = encodeRecord(record);
    const known = this.#known.get(record);
    if (known === text) return;
    if (known !== undefined) return this.#replace(id, record, record);
    await this.#run(
      "insert into sessions (id, user_id, record, expires_at) values (?, ?, ?, ?) on conflict do nothing",
      [id, record.user.id, text, endOf(record, this.#options.limits)],
    );
    this.#known.set(record, text);
    await this.#endOldest(record.user.id, id);
  }

  /**
   * Ends the user's oldest sessions beyond the limits, which are separate for pending and complete sessions. Never ends
   * the session `ownId`, which has just begun. When several sessions begin at once, the last call sees all of them.
   */
  async #endOldest(userId: string, ownId: string): Promise<void> {
    const { sessionsPerAccount, pendingSessionsPerAccount } = this.#options.limits;
    const sessions = await this.listOf(userId);
    const beganAt = ({ id, record }: StoredSession) => (id === ownId ? Number.POSITIVE_INFINITY : record.loggedInAt);
    const oldest = sessions.sort((one, other) => beganAt(one) - beganAt(other));
    const beyond = (isPending: boolean, most: number) =>
      oldest.filter(({ record }) => record.isPending === isPending).slice(0, -most);
    const ended = [...beyond(false, sessionsPerAccount), ...beyond(true, pendingSessionsPerAccount)].map(
      ({ id }) => id,
    );
    if (ended.length === 0) return;
    await this.#run(`delete from sessions where id in (${ended.map(() => "?").join(", ")})`, ended);
  }

  #rowsOf(userId: string): Promise<Row[]> {
    return readRows(this.#database.fork(), "select id, record from sessions where user_id = ?", [userId]);
  }

  /** Returns the user's sessions that contain outdated user data, each with its new text. */
  async #outdated(user: User): Promise<(Row & { changed: string })[]> {
    return (await this.#rowsOf(user.id)).flatMap((row) => {
      const record = decodeRecord(row.record);
      const changed = record && encodeRecord({ ...record, user });
      return changed === null || changed === row.record ? [] : [{ ...row, changed }];
    });
  }

  /** Replaces only the exact texts that were read. False: some of the sessions were renewed or ended after the read. */
  async #rewrite(userId: string, rows: (Row & { changed: string })[]): Promise<boolean> {
    let written = 0;
    for (let from = 0; from < rows.length; from += REWRITTEN_AT_ONCE) {
      const some = rows.slice(from, from + REWRITTEN_AT_ONCE);
      const sql = `update sessions set record = new.column3
        from (values ${some.map(() => "(?, ?, ?)").join(", ")}) as new
        where sessions.id = new.column1 and sessions.record = new.column2 and sessions.user_id = ? returning sessions.id`;
      const values = some.flatMap(({ id, record, changed }) => [id, record, changed]);
      written += (await this.#run<unknown[]>(sql, [...values, userId])).length;
    }
    return written === rows.length;
  }

  async #replace(id: string, loaded: SessionRecord, record: SessionRecord): Promise<void> {
    await this.#run("update sessions set record = ?, expires_at = ? where id = ? and record = ?", [
      encodeRecord(record),
      endOf(record, this.#options.limits),
      id,
      this.#known.get(loaded),
    ]);
  }

  #run<T>(sql: string, parameters: unknown[]): Promise<T> {
    return this.#database.fork().execute(sql, parameters) as Promise<T>;
  }
}
