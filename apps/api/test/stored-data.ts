import { Redis } from "ioredis";
import type { Config } from "../src/config/env.ts";
import type { EntityManager } from "../src/platform/db/database.ts";
import { redisUrl } from "./services.ts";
import type { TestApp } from "./test-app.ts";

const TABLES_THAT_ARE_NOT_DATA = /^(?:migrations|products?_search.*|search_.*|sqlite_.*)$/;

/**
 * All data that an app has stored, byte by byte: each row of each table, and each session in Redis. The counts of the
 * rate limits are left out, because any request changes them.
 */
export async function dumpStoredData({
  dependencies,
  config,
}: Pick<TestApp, "dependencies" | "config">): Promise<string> {
  const em = dependencies.database.fork();
  const stored: unknown[] = [];
  for (const name of await dataTablesOf(em, config)) {
    stored.push([name, await em.execute(`select * from ${name} order by 1`)]);
  }
  if (config.redisUrl !== null) stored.push(await sessionsInRedis(config.redisPrefix));
  return JSON.stringify(stored);
}

/** The names of the tables that hold users' data, sorted. */
export async function dataTablesOf(em: EntityManager, { databaseUrl }: Pick<Config, "databaseUrl">): Promise<string[]> {
  const tables = await em.execute<{ name: string }[]>(
    databaseUrl === null
      ? "select name from sqlite_master where type = 'table' order by 1"
      : "select tablename as name from pg_tables where schemaname = current_schema() order by 1",
  );
  return tables.map(({ name }) => name).filter((name) => !TABLES_THAT_ARE_NOT_DATA.test(name));
}

async function sessionsInRedis(prefix: string): Promise<string[]> {
  const redis = new Redis(redisUrl ?? "");
  const stored: string[] = [];
  for await (const keys of redis.scanStream({ match: `${prefix}session*` })) {
    for (const key of keys as string[]) stored.push(`${key} ${(await redis.dumpBuffer(key))?.toString("base64")}`);
  }
  redis.disconnect();
  return stored.sort();
}
