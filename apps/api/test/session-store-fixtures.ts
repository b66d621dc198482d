import { randomBytes } from "node:crypto";
import type { User } from "@yumroad/contract";
import { type Clock, createLogCapture, createTcpFaults, type TcpFaults } from "@yumroad/testkit";
import type { SessionData } from "express-session";
import { Redis } from "ioredis";
import { limits } from "../src/config/limits.ts";
import { createLogger } from "../src/platform/lib/logger.ts";
import { RedisCircuitBreaker } from "../src/platform/lib/redis-circuit-breaker.ts";
import { EmbeddedSessionStore } from "../src/platform/sessions/embedded-session-store.ts";
import { RedisSessionStore } from "../src/platform/sessions/redis-session-store.ts";
import type { SessionRecord } from "../src/platform/sessions/session-record.ts";
import type { SessionStore } from "../src/platform/sessions/session-store.ts";
import { deleteKeys } from "./redis-keys.ts";
import { redisUrl } from "./services.ts";
import { openTemporaryDatabase, type TemporaryDatabase } from "./temporary-database.ts";
import type { StoreKind } from "./test-app.ts";

const DAY_MS = 24 * 3_600_000;

/** One of the two session stores, with direct access to its data. */
export interface SessionStoreFixture {
  storeFor(clock: Clock): SessionStore;
  rawOf(id: string): Promise<string | null>;
  writeRaw(id: string, userId: string, text: string): Promise<void>;
  changeRaw(id: string, text: string): Promise<void>;
  /** Sets concurrent work that runs before each command of the store; null for none. */
  setInterleaved(work: (() => Promise<void>) | null): void;
  close(): Promise<void>;
}

export interface RedisStoreFixture extends SessionStoreFixture {
  redis: Redis;
  prefix: string;
  faults: TcpFaults;
}

async function createEmbeddedFixture(): Promise<SessionStoreFixture> {
  const database: TemporaryDatabase = await openTemporaryDatabase();
  let interleaved: (() => Promise<void>) | null = null;
  const fork = () => {
    const em = database.fork();
    const execute = em.execute.bind(em) as (...given: unknown[]) => Promise<unknown>;
    const withInterleaved = async (...given: unknown[]) => {
      await interleaved?.();
      return execute(...given);
    };
    return Object.assign(em, { execute: withInterleaved });
  };
  return {
    storeFor: (clock) => new EmbeddedSessionStore({ ...database, fork }, { clock, limits }),
    setInterleaved: (work) => {
      interleaved = work;
    },
    async rawOf(id) {
      const [row] = await database
        .fork()
        .execute<{ record: string }[]>("select record from sessions where id = ?", [id]);
      return row?.record ?? null;
    },
    async writeRaw(id, userId, text) {
      const sql = "insert into sessions (id, user_id, record, expires_at) values (?, ?, ?, ?)";
      await database.fork().execute(sql, [id, userId, text, 9e15]);
    },
    async changeRaw(id, text) {
      await database.fork().execute("update sessions set record = ? where id = ?", [text, id]);
    },
    close: () => database.close(),
  };
}

export async function createRedisFixture(): Promise<RedisStoreFixture> {
  const faults = await createTcpFaults(redisUrl ?? "");
  const logger = createLogger("info", createLogCapture());
  const gate = new RedisCircuitBreaker(faults.url, { patienceMs: limits.storeDeadline, logger });
  await gate.untilConnected(2000);
  const run = gate.run.bind(gate);
  let interleaved: (() => Promise<void>) | null = null;
  gate.run = async (command) => {
    await interleaved?.();
    return run(command);
  };
  const prefix = `yumroad-test-${randomBytes(6).toString("hex")}:`;
  const redis = new Redis(redisUrl ?? "");
  return {
    redis,
    prefix,
    faults,
    storeFor: (clock) => new RedisSessionStore(gate, { clock, limits, prefix }),
    setInterleaved: (work) => {
      interleaved = work;
    },
    rawOf: (id) => redis.get(`${prefix}session:${id}`),
    async changeRaw(id, text) {
      await redis.set(`${prefix}session:${id}`, text, "KEEPTTL");
    },
    async writeRaw(id, userId, text) {
      await redis.set(`${prefix}session:${id}`, text, "PX", DAY_MS);
      await redis.zadd(`${prefix}sessions-of:${userId}`, 9e15, id);
    },
    async close() {
      await gate.close();
      await faults.close();
      redis.disconnect();
      await deleteKeys(prefix);
    },
  };
}

export const createStoreFixture = (store: StoreKind): Promise<SessionStoreFixture> =>
  store === "embedded" ? createEmbeddedFixture() : createRedisFixture();

let people = 0;
export function makeUser(given: Partial<User> = {}): User {
  people += 1;
  const id = `00000000-0000-4000-8000-${String(people).padStart(12, "0")}`;
  const ada = { name: "Ada", store: { handle: "ada", name: "Ada" }, isOperator: false };
  return { id, email: `p${people}@example.com`, ...ada, ...given };
}

export function newId(): string {
  return randomBytes(32).toString("base64url");
}

/** A complete session as a login makes it, with the given fields. */
export function recordOf(
  record: Pick<SessionRecord, "user" | "loggedInAt" | "seenAt" | "isRemembered">,
): SessionRecord {
  const where = { device: "Firefox on Windows", address: "203.0.113.x" };
  return { provenAt: record.loggedInAt, isPending: false, ...where, ...record };
}

export function sessionOf(record: Parameters<typeof recordOf>[0]): SessionData {
  return { cookie: { originalMaxAge: null }, record: recordOf(record) };
}

export function load(store: SessionStore, id: string): Promise<SessionData | null> {
  return new Promise((resolve, reject) => {
    store.get(id, (error, session) => (error ? reject(error) : resolve(session ?? null)));
  });
}

export function save(store: SessionStore, id: string, session: SessionData): Promise<void> {
  return new Promise((resolve, reject) => {
    store.set(id, session, (error) => (error ? reject(error) : resolve()));
  });
}
