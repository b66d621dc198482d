import type { User } from "@yumroad/contract";
import { type SessionData, Store } from "express-session";
import type { Database } from "../db/database.ts";
import { decodeRecord, encodeRecord, endOf, type SessionRecord, toSessionData } from "./session-record.ts";
import {
  answer,
  KnownTexts,
  type SessionStore,
  type SessionStoreOptions,
  type StoredSession,
} from "./session-store.ts";

/** Attempts to write a changed user over a session that others are renewing meanwhile; after them it ends. */
const REWRITE_TRIES = 5;

/** Sessions as rows of the product's own database: for one process, with nothing to install. */
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
    if (moved.length > 0) this.#known.set(record, text);
    return moved.length > 0;
  }

  async end(id: string): Promise<SessionRecord | null> {
    const [row] = await this.#run<{ record: string }[]>("delete from sessions where id = ? returning record", [id]);
    return row ? this.#read(row.record) : null;
  }

  async endAllOf(userId: string, { except }: { except: string } = { except: "" }): Promise<void> {
    await this.#run("delete from sessions where user_id = ? and id <> ?", [userId, except]);
  }

  async listOf(userId: string): Promise<StoredSession[]> {
    const rows = await this.#run<{ id: string; record: string }[]>(
      "select id, record from sessions where user_id = ?",
      [userId],
    );
    return rows.flatMap(({ id, record: text }) => {
      const record = this.#read(text);
      return record ? [{ id, record }] : [];
    });
  }

  async rewriteUser(user: User): Promise<void> {
    const rows = await this.#run<{ id: string; record: string }[]>(
      "select id, record from sessions where user_id = ?",
      [user.id],
    );
    for (const { id, record } of rows) await this.#rewriteOne(id, record, user);
  }

  async sweep(): Promise<void> {
    await this.#run("delete from sessions where expires_at <= ?", [this.#options.clock.now()]);
  }

  async mustBeWritable(): Promise<void> {
    // Refused by a database that is only to be read, and nothing to store: a row would be waited for until it is on the
    // disk. A disk that is full is noticed by the first row that counts, an account's say, in this same database.
    await this.#run("delete from sessions where id = ''", []);
  }

  async close(): Promise<void> {
    // The database is closed by whoever opened it.
  }

  async #load(id: string): Promise<SessionData | null> {
    const [row] = await this.#run<{ record: string }[]>("select record from sessions where id = ?", [id]);
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
  }

  async #rewriteOne(id: string, text: string, user: User): Promise<void> {
    let current: string | undefined = text;
    for (let tries = 0; tries < REWRITE_TRIES && current !== undefined; tries += 1) {
      const record = decodeRecord(current);
      if (!record) return;
      const changed = encodeRecord({ ...record, user });
      const sql = "update sessions set record = ? where id = ? and record = ? returning id";
      if ((await this.#run<unknown[]>(sql, [changed, id, current])).length > 0) return;
      // Renewed meanwhile, or ended: look again.
      const [row] = await this.#run<{ record: string }[]>("select record from sessions where id = ?", [id]);
      current = row?.record;
    }
    if (current !== undefined) await this.end(id);
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
