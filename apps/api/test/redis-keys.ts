import { Redis } from "ioredis";
import { redisUrl } from "./services.ts";

/** Deletes every key that begins with a prefix. */
export async function deleteKeys(prefix: string): Promise<void> {
  const redis = new Redis(redisUrl ?? "");
  for await (const keys of redis.scanStream({ match: `${prefix}*` })) {
    if (keys.length > 0) await redis.del(...(keys as string[]));
  }
  redis.disconnect();
}
