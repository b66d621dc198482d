import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type Client, createClock } from "@yumroad/testkit";
import { askRedis } from "../ask-redis.ts";
import { redisUrl } from "../services.ts";
import { createTestApp, type StoreKind, type TestApp } from "../test-app.ts";

export { whoIs } from "../test-app.ts";

/** The data of a small shop as commit 1096b91 has written it, at noon of 2026-11-29, with the secrets of `createTestApp`. */
interface WrittenShop {
  totpSecret: string;
  /** Each person's cookies, by name. */
  cookies: Record<"ada" | "bob" | "eve" | "pending", Record<string, string>>;
  redis: Record<string, string | { zset: string[] } | { hash: Record<string, string> }>;
}

export interface OpenedShop {
  app: TestApp;
  totpSecret: string;
  /** The browser of a person, with the cookies that it had. */
  browserOf(person: keyof WrittenShop["cookies"]): Client;
}

/**
 * Starts the current server on that data, five minutes after it was written. The database is SQLite; the sessions are
 * in SQLite or in Redis.
 */
export async function openWrittenShop(sessions: StoreKind): Promise<OpenedShop> {
  const read = (file: string) => readFileSync(join(import.meta.dirname, file));
  const { totpSecret, cookies, redis } = JSON.parse(read(`${sessions}.json`).toString()) as WrittenShop;
  const app = await createTestApp({
    sessions,
    clock: createClock("2026-11-29T12:05:00Z"),
    async prepare({ dataDir, redisPrefix }) {
      writeFileSync(join(dataDir, "yumroad.db"), gunzipSync(read(`${sessions}.db.gz`)));
      if (sessions === "redis") await writeToRedis(redis, redisPrefix);
    },
  });
  return {
    app,
    totpSecret,
    browserOf(person) {
      const client = app.visitor();
      for (const [name, value] of Object.entries(cookies[person])) client.cookies.set(name, value);
      return client;
    },
  };
}

function writeToRedis(values: WrittenShop["redis"], prefix: string): Promise<void> {
  return askRedis(redisUrl ?? "", async (redis) => {
    for (const [name, value] of Object.entries(values)) {
      const key = `${prefix}${name}`;
      if (typeof value === "string") await redis.set(key, value);
      else if ("hash" in value) await redis.hset(key, value.hash);
      else
        for (let at = 0; at < value.zset.length; at += 2)
          await redis.zadd(key, value.zset[at + 1] ?? 0, value.zset[at] ?? "");
      await redis.expire(key, 3600);
    }
  });
}
