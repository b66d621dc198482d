// One user's sessions among 100,000 sessions of others: their cost must not depend on the others.

import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { median } from "@yumroad/testkit";
import { Redis } from "ioredis";
import { limits } from "../src/config/limits.ts";
import { schema } from "../src/entities.ts";
import { type Database, openDatabase } from "../src/platform/db/database.ts";
import { createLogger } from "../src/platform/lib/logger.ts";
import { RedisCircuitBreaker } from "../src/platform/lib/redis-circuit-breaker.ts";
import { EmbeddedSessionStore } from "../src/platform/sessions/embedded-session-store.ts";
import { RedisSessionStore } from "../src/platform/sessions/redis-session-store.ts";
import {
  encodeRecord,
  endOf,
  publicIdOf,
  type SessionRecord,
  toSessionData,
} from "../src/platform/sessions/session-record.ts";
import type { SessionStore } from "../src/platform/sessions/session-store.ts";
import { type Figure, type Place, proxyHeaders, signUp, startProduct } from "./figures.ts";
import { ask, type Request, timesOf } from "./load.ts";

const OTHERS = 100_000;
const BATCH = 500;
const OWN = 20;
const LISTS = 300;
const ROUNDS = 5;

interface SessionsPlace {
  what: string;
  place: Place;
  redis?: { redisUrl: string; prefix: string };
}

/**
 * Measures listing and ending one's own sessions before and after others are added, and counts Redis commands that
 * scan.
 */
export async function measureOwnSessions({ what, place, redis }: SessionsPlace): Promise<Figure[]> {
  mkdirSync(place.folder, { recursive: true });
  const product = await startProduct(place, redis);
  const me = { email: "me@example.com", name: "Me" };
  const cookie = await signUp(product.port, 1, me);
  const database = await openDatabase({ ...place, ...schema });
  const gate = redis && new RedisCircuitBreaker(redis.redisUrl, { patienceMs: 10_000, logger: createLogger("silent") });
  await gate?.untilConnected(2000);
  const options = { clock: { now: Date.now }, limits };
  const store: SessionStore =
    gate && redis
      ? new RedisSessionStore(gate, { ...options, prefix: redis.prefix })
      : new EmbeddedSessionStore(database, options);
  const headers = { ...proxyHeaders(1), Cookie: cookie };
  const list: Request = { port: product.port, path: "/api/account/sessions", headers };
  const { user } = JSON.parse((await ask({ ...list, path: "/api/auth/session" })).text) as {
    user: SessionRecord["user"];
  };

  /** Every round has the same number of own sessions. */
  async function times(lists = LISTS) {
    const ids = await addOwn(store, user);
    const listed = median(await timesOf(list, lists));
    const ended: number[] = [];
    for (const id of ids) {
      const [time = 0] = await timesOf({ ...list, path: `${list.path}/${publicIdOf(id)}`, method: "DELETE" }, 1, 204);
      ended.push(time);
    }
    return { list: listed, end: median(ended) };
  }
  async function rounds() {
    const measured = [];
    for (let round = 0; round < ROUNDS; round += 1) measured.push(await times());
    return { list: median(measured.map((time) => time.list)), end: median(measured.map((time) => time.end)) };
  }

  await times();
  const alone = await rounds();
  await addOthers(store, database, redis !== undefined);
  await times();
  const among = await rounds();
  const walked = redis && (await fewestWalks(redis.redisUrl, () => times(20)));
  await product.stop();
  await gate?.close();
  await database.close();

  const ratio = (name: "list" | "end", verb: string): Figure => ({
    what: `${verb} with 100,000 sessions of others, of that with none (${what})`,
    target: "≤ 1.5",
    measured: `${(among[name] / alone[name]).toFixed(2)} (${among[name].toFixed(2)} ms)`,
    isReached: among[name] / alone[name] <= 1.5,
  });
  const figures = [ratio("list", "listing one's own sessions"), ratio("end", "ending one of one's own sessions")];
  if (walked === undefined) return figures;
  const walks = { what: "`SCAN` and `KEYS` that Redis has counted meanwhile", target: "0", measured: String(walked) };
  return [...figures, { ...walks, isReached: walked === 0 }];
}

/**
 * The scans (`SCAN`, `KEYS`) that Redis counts during some work. Other clients may scan too, so the lowest of several
 * tries counts.
 */
async function fewestWalks(redisUrl: string, work: () => Promise<unknown>): Promise<number> {
  let fewest = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 20 && fewest > 0; tries += 1) {
    const before = await walksOf(redisUrl);
    await work();
    fewest = Math.min(fewest, (await walksOf(redisUrl)) - before);
  }
  return fewest;
}

async function walksOf(redisUrl: string): Promise<number> {
  const redis = new Redis(redisUrl);
  const told = await redis.info("commandstats");
  redis.disconnect();
  const calls = [...told.matchAll(/^cmdstat_(?:scan|keys):calls=(\d+)/gm)].map(([, count]) => Number(count));
  return calls.reduce((sum, count) => sum + count, 0);
}

function recordOf(user: SessionRecord["user"]): SessionRecord {
  const now = Date.now();
  const where = { device: "Firefox on Windows", address: "203.0.113.x" };
  return { user, loggedInAt: now, seenAt: now, provenAt: now, isRemembered: false, isPending: false, ...where };
}

function newId(): string {
  return randomBytes(32).toString("base64url");
}

function save(store: SessionStore, id: string, record: SessionRecord): Promise<void> {
  return new Promise((resolve, reject) => {
    store.set(id, toSessionData(record), (error) => (error ? reject(error) : resolve()));
  });
}

async function addOwn(store: SessionStore, user: SessionRecord["user"]): Promise<string[]> {
  const ids = Array.from({ length: OWN }, newId);
  for (const id of ids) await save(store, id, recordOf(user));
  return ids;
}

/** Saves through the store on Redis; inserts rows in batches on SQL. */
async function addOthers(store: SessionStore, database: Database, isInRedis: boolean): Promise<void> {
  for (let made = 0; made < OTHERS; made += BATCH) {
    const records = Array.from({ length: BATCH }, (_, place) => {
      const id = `00000000-0000-4000-8000-${String(made + place).padStart(12, "0")}`;
      return recordOf({
        id,
        email: `p${id}@example.com`,
        name: "Ada",
        store: { handle: `a${id}`, name: "Ada" },
        isOperator: false,
      });
    });
    if (isInRedis) {
      await Promise.all(records.map((record) => save(store, newId(), record)));
      continue;
    }
    const values = records.flatMap((record) => [newId(), record.user.id, encodeRecord(record), endOf(record, limits)]);
    const rows = records.map(() => "(?, ?, ?, ?)").join(", ");
    await database.fork().execute(`insert into sessions (id, user_id, record, expires_at) values ${rows}`, values);
  }
}
