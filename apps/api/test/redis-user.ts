import { randomBytes } from "node:crypto";
import { Redis } from "ioredis";
import { redisUrl } from "./services.ts";

/** A Redis that can be told to refuse what one user of it writes, while it answers all else, `PING` and `GET` too. */
export interface RedisUser {
  /** Where Redis is, with the user's name and password. */
  url: string;
  /** From now on, on open connections too: as a Redis does that is full, that is a replica, or that can't save. */
  refuseWrites(): Promise<void>;
  allowWrites(): Promise<void>;
  remove(): Promise<void>;
}

/** A user of the Redis of the tests: nobody else who uses it notices. */
export async function createRedisUser(): Promise<RedisUser> {
  const redis = new Redis(redisUrl ?? "");
  const name = `yumroad-test-${randomBytes(6).toString("hex")}`;
  const password = randomBytes(12).toString("hex");
  const change = async (...rules: string[]) => void (await redis.call("ACL", "SETUSER", name, ...rules));
  await change("on", `>${password}`, "~*", "&*", "+@all");
  const url = new URL(redisUrl ?? "");
  Object.assign(url, { username: name, password });
  return {
    url: url.href,
    // Scripts by name: a write within one is refused in words that are not those of a full Redis.
    refuseWrites: () => change("-@write", "-eval"),
    allowWrites: () => change("+@all"),
    async remove() {
      await redis.call("ACL", "DELUSER", name);
      redis.disconnect();
    },
  };
}
