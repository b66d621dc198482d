import { Redis } from "ioredis";

/**
 * The Redis that tests may use: `REDIS_URL`, or one on the standard port. Null when there is none, or when
 * `HIDE_SERVICES` is set. With `REQUIRE_SERVICES` a missing one is an error instead of a skipped suite.
 */
export const redisUrl = await findRedis();

async function findRedis(): Promise<string | null> {
  const url = process.env.REDIS_URL || "redis://127.0.0.1:6379";
  const isThere = !process.env.HIDE_SERVICES && (await answers(url));
  if (!isThere && process.env.REQUIRE_SERVICES) throw new Error("REQUIRE_SERVICES is set, and no Redis answers");
  return isThere ? url : null;
}

async function answers(url: string): Promise<boolean> {
  const redis = new Redis(url, { lazyConnect: true, connectTimeout: 1000, retryStrategy: () => null });
  redis.on("error", () => {});
  try {
    await redis.connect();
    return (await redis.ping()) === "PONG";
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
}
