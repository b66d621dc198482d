import type { User } from "@yumroad/contract";
import { RedisStore } from "connect-redis";
import type { SessionData } from "express-session";
import { type RedisCircuitBreaker, RedisUnavailable } from "../lib/redis-circuit-breaker.ts";
import { CREATE, END_ALL, LIST, MOVE, REPLACE, REWRITE_USER } from "./redis-session-scripts.ts";
import {
  decodeRecord,
  encodeRecord,
  endOf,
  OPERATOR,
  type SessionRecord,
  toSessionData,
  userPlaces,
} from "./session-record.ts";
import {
  answer,
  KnownTexts,
  type SessionStore,
  type SessionStoreOptions,
  SessionStoreUnavailable,
  type StoredSession,
} from "./session-store.ts";

/** Lifetime, in milliseconds, of the value that `assertWritable` writes. */
const PROBE_LIVES_MS = 1000;

interface RedisSessionStoreOptions extends SessionStoreOptions {
  prefix: string;
}

/**
 * Stores sessions in Redis: connect-redis with an index of the sessions of each user, and with writes that never revive
 * an ended session. The value is the text of `encodeRecord`. The times in that text are authoritative; the expiry in
 * Redis only cleans up.
 */
export class RedisSessionStore extends RedisStore implements SessionStore {
  readonly #gate: RedisCircuitBreaker;
  readonly #options: RedisSessionStoreOptions;
  readonly #known = new KnownTexts();

  constructor(gate: RedisCircuitBreaker, options: RedisSessionStoreOptions) {
    super({
      client: { get: (key: string) => this.#ask((redis) => redis.get(key)) },
      prefix: `${options.prefix}session:`,
      serializer: {
        parse: (text: string) => this.#read(text) as SessionData,
        stringify: (session) => encodeRecord((session as SessionData).record as SessionRecord),
      },
    });
    // express-session would call `touch` for each answer, at the cost of one more Redis command, and would send the
    // answer in two pieces. Sessions are kept alive by `renew` instead.
    Object.assign(this, { touch: undefined });
    this.#gate = gate;
    this.#options = options;
  }

  override async set(id: string, session: SessionData, callback?: (error?: unknown) => void): Promise<void> {
    answer(this.#save(id, session), callback);
  }

  override async destroy(id: string, callback?: (error?: unknown) => void): Promise<void> {
    answer(this.end(id), callback);
  }

  async renew(session: SessionData, id: string, seenAt: number): Promise<void> {
    if (session.record) await this.#replace(id, session.record, { ...session.record, seenAt });
  }

  async move(id: string, newId: string, record: SessionRecord): Promise<boolean> {
    const text = encodeRecord(record);
    const keys = [this.prefix + id, this.prefix + newId, this.#indexOf(record.user.id)];
    const values = [...this.#newSession(newId, record, text), id];
    const isMoved = (await this.#ask((redis) => redis.eval(MOVE, 3, ...keys, ...values))) === 1;
    if (isMoved) this.#known.set(record, text);
    return isMoved;
  }

  async end(id: string): Promise<SessionRecord | null> {
    const text = await this.#ask((redis) => redis.getdel(this.prefix + id));
    return (text !== null && this.#read(text)?.record) || null;
  }

  async endAllOf(userId: string, { except }: { except: string } = { except: "" }): Promise<number> {
    return Number(await this.#ask((redis) => redis.eval(END_ALL, 1, this.#indexOf(userId), this.prefix, except)));
  }

  async listOf(userId: string): Promise<StoredSession[]> {
    const found = (await this.#ask((redis) => redis.eval(LIST, 1, this.#indexOf(userId), this.prefix))) as string[];
    const sessions: StoredSession[] = [];
    for (let place = 0; place + 1 < found.length; place += 2) {
      const [id = "", text = ""] = found.slice(place, place + 2);
      const record = this.#read(text)?.record;
      if (record) sessions.push({ id, record });
    }
    return sessions;
  }

  async rewriteUser(user: User): Promise<void> {
    const places = [...userPlaces(user), user.isOperator ? OPERATOR : 0];
    await this.#ask((redis) => redis.eval(REWRITE_USER, 1, this.#indexOf(user.id), this.prefix, ...places));
  }

  async sweep(): Promise<void> {
    // Redis expires sessions by itself.
  }

  async assertWritable(): Promise<void> {
    await this.#ask((redis) => redis.set(`${this.#options.prefix}probe`, "", "PX", PROBE_LIVES_MS));
  }

  async close(): Promise<void> {
    // The connection is closed by the code that opened it.
  }

  #read(text: string): SessionData | null {
    const record = decodeRecord(text);
    if (!record || endOf(record, this.#options.limits) <= this.#options.clock.now()) return null;
    this.#known.set(record, text);
    return toSessionData(record);
  }

  async #save(id: string, { record }: SessionData): Promise<void> {
    if (!record) return;
    const text = encodeRecord(record);
    const known = this.#known.get(record);
    if (known === text) return;
    if (known !== undefined) {
      await this.#replace(id, record, record);
      return;
    }
    const keys = [this.prefix + id, this.#indexOf(record.user.id)];
    const values = this.#newSession(id, record, text);
    await this.#ask((redis) => redis.eval(CREATE, 2, ...keys, ...values));
    this.#known.set(record, text);
  }

  /** Arguments of CREATE and MOVE, without MOVE's last one. */
  #newSession(id: string, record: SessionRecord, text: string): (string | number)[] {
    const { clock, limits } = this.#options;
    const now = clock.now();
    const end = endOf(record, limits);
    const most = [limits.sessionsPerAccount, limits.pendingSessionsPerAccount];
    return [text, Math.max(1, end - now), end, now, id, this.prefix, ...most];
  }

  async #replace(id: string, loaded: SessionRecord, record: SessionRecord): Promise<boolean> {
    const known = this.#known.get(loaded);
    if (known === undefined) return false;
    const now = this.#options.clock.now();
    const end = endOf(record, this.#options.limits);
    const keys = [this.prefix + id, this.#indexOf(record.user.id)];
    const values = [known, encodeRecord(record), Math.max(1, end - now), end, now, id];
    return (await this.#ask((redis) => redis.eval(REPLACE, 2, ...keys, ...values))) === 1;
  }

  #indexOf(userId: string): string {
    return `${this.#options.prefix}sessions-of:${userId}`;
  }

  async #ask<T>(
    command: Parameters<RedisCircuitBreaker["run"]>[0] & ((redis: RedisCircuitBreaker["redis"]) => Promise<T>),
  ): Promise<T> {
    try {
      return (await this.#gate.run(command)) as T;
    } catch (error) {
      if (error instanceof RedisUnavailable) throw new SessionStoreUnavailable(error.message, { cause: error });
      throw error;
    }
  }
}
