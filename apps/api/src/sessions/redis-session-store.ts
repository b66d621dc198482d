import type { User } from "@yumroad/contract";
import { RedisStore } from "connect-redis";
import type { SessionData } from "express-session";
import { type RedisGate, RedisUnavailable } from "../lib/redis-gate.ts";
import { decodeRecord, encodeRecord, endOf, type SessionRecord, toSessionData } from "./session-record.ts";
import {
  answer,
  KnownTexts,
  type SessionStore,
  type SessionStoreOptions,
  SessionStoreUnavailable,
  type StoredSession,
} from "./session-store.ts";

// A new session and its place in its user's index, at once. The index lives as long as the session that lives longest,
// and each write clears out what is over: it heals itself.
const CREATE = `
  if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 0 end
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[4])
  redis.call('ZADD', KEYS[2], ARGV[3], ARGV[5])
  local longest = redis.call('ZREVRANGE', KEYS[2], 0, 0, 'WITHSCORES')
  redis.call('PEXPIRE', KEYS[2], math.max(1, longest[2] - ARGV[4]))
  return 1`;

// Over exactly what was read, or not at all.
const REPLACE = `
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
  redis.call('SET', KEYS[1], ARGV[2], 'XX', 'PX', ARGV[3])
  redis.call('ZADD', KEYS[2], ARGV[4], ARGV[6])
  local longest = redis.call('ZREVRANGE', KEYS[2], 0, 0, 'WITHSCORES')
  redis.call('PEXPIRE', KEYS[2], math.max(1, longest[2] - ARGV[5]))
  return 1`;

// KEYS: old, new, index. The index is as in CREATE.
const MOVE = `
  if redis.call('DEL', KEYS[1]) == 0 then return 0 end
  redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
  redis.call('ZREM', KEYS[3], ARGV[5])
  redis.call('ZADD', KEYS[3], ARGV[3], ARGV[6])
  local longest = redis.call('ZREVRANGE', KEYS[3], 0, 0, 'WITHSCORES')
  redis.call('PEXPIRE', KEYS[3], math.max(1, longest[2] - ARGV[4]))
  return 1`;

// What the index names and is gone already goes from the index as well.
const END_ALL = `
  for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
    if id ~= ARGV[2] then
      redis.call('DEL', ARGV[1] .. id)
      redis.call('ZREM', KEYS[1], id)
    end
  end
  return 1`;

// Each of a user's sessions with its text. An index that names one that is gone heals itself.
const LIST = `
  local found = {}
  for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
    local text = redis.call('GET', ARGV[1] .. id)
    if text then
      found[#found + 1] = id
      found[#found + 1] = text
    else
      redis.call('ZREM', KEYS[1], id)
    end
  end
  return found`;

/** How long what was written to see whether Redis takes writes stays there. */
const PROBE_LIVES_MS = 1000;

/** Attempts to write a changed user over a session that others are renewing meanwhile. */
const REWRITE_TRIES = 5;

interface RedisSessionStoreOptions extends SessionStoreOptions {
  prefix: string;
}

/**
 * Sessions in Redis: connect-redis, with writes that lose against an ended session, and an index per user.
 * The value is our own short form; times in it decide, the expiry in Redis only clears up.
 */
export class RedisSessionStore extends RedisStore implements SessionStore {
  readonly #gate: RedisGate;
  readonly #options: RedisSessionStoreOptions;
  readonly #known = new KnownTexts();

  constructor(gate: RedisGate, options: RedisSessionStoreOptions) {
    super({
      client: { get: (key: string) => this.#ask((redis) => redis.get(key)) },
      prefix: `${options.prefix}session:`,
      serializer: {
        parse: (text: string) => this.#read(text) as SessionData,
        stringify: (session) => encodeRecord((session as SessionData).record as SessionRecord),
      },
    });
    // What keeps a session alive is `renew`. With a touch express-session would ask Redis once more for every answer,
    // and send it in two pieces.
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
    const now = this.#options.clock.now();
    const end = endOf(record, this.#options.limits);
    const keys = [this.prefix + id, this.prefix + newId, this.#indexOf(record.user.id)];
    const values = [text, Math.max(1, end - now), end, now, id, newId];
    const isMoved = (await this.#ask((redis) => redis.eval(MOVE, 3, ...keys, ...values))) === 1;
    if (isMoved) this.#known.set(record, text);
    return isMoved;
  }

  async end(id: string): Promise<SessionRecord | null> {
    const text = await this.#ask((redis) => redis.getdel(this.prefix + id));
    return (text !== null && this.#read(text)?.record) || null;
  }

  async endAllOf(userId: string, { except }: { except: string } = { except: "" }): Promise<void> {
    await this.#ask((redis) => redis.eval(END_ALL, 1, this.#indexOf(userId), this.prefix, except));
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
    const ids = await this.#ask((redis) => redis.zrange(this.#indexOf(user.id), "0", "-1"));
    for (const id of ids) await this.#rewriteOne(id, user);
  }

  async sweep(): Promise<void> {
    // Redis expires what is over.
  }

  async mustBeWritable(): Promise<void> {
    await this.#ask((redis) => redis.set(`${this.#options.prefix}probe`, "", "PX", PROBE_LIVES_MS));
  }

  async close(): Promise<void> {
    // The connection is closed by whoever opened it.
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
    const now = this.#options.clock.now();
    const end = endOf(record, this.#options.limits);
    const keys = [this.prefix + id, this.#indexOf(record.user.id)];
    await this.#ask((redis) => redis.eval(CREATE, 2, ...keys, text, Math.max(1, end - now), end, now, id));
    this.#known.set(record, text);
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

  async #rewriteOne(id: string, user: User): Promise<void> {
    for (let tries = 0; tries < REWRITE_TRIES; tries += 1) {
      const text = await this.#ask((redis) => redis.get(this.prefix + id));
      const record = text === null ? null : this.#read(text)?.record;
      if (!record || (await this.#replace(id, record, { ...record, user }))) return;
    }
    // A session that would not hold still ends rather than keep what is no longer true.
    await this.end(id);
  }

  #indexOf(userId: string): string {
    return `${this.#options.prefix}sessions-of:${userId}`;
  }

  async #ask<T>(command: Parameters<RedisGate["run"]>[0] & ((redis: RedisGate["redis"]) => Promise<T>)): Promise<T> {
    try {
      return (await this.#gate.run(command)) as T;
    } catch (error) {
      if (error instanceof RedisUnavailable) throw new SessionStoreUnavailable(error.message, { cause: error });
      throw error;
    }
  }
}
