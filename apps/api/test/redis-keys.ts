import { askRedis } from "./ask-redis.ts";
import { redisUrl } from "./services.ts";

/** Deletes every key with a prefix. */
export async function deleteKeys(prefix: string): Promise<void> {
  await askRedis(redisUrl ?? "", async (redis) => {
    for await (const keys of redis.scanStream({ match: `${prefix}*` })) {
      if (keys.length > 0) await redis.del(...(keys as string[]));
    }
  });
}
