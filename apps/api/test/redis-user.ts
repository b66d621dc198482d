import { randomBytes } from "node:crypto";
import { Redis } from "ioredis";
import { redisUrl } from "./services.ts";

/** A Redis user whose writes can be refused, while everything else (`PING` and `GET` included) is answered. */
export interface RedisUser {
  /** URL of Redis with the user's name and password. */
  url: string;
  /** Refuses writes from now on, on open connections too, like a Redis that is full, is a replica, or can't save. */
  refuseWrites(): Promise<void>;
  allowWrites(): Promise<void>;
  remove(): Promise<void>;
}

/** Creates a user on the tests' Redis. Other users are not affected. */
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
    // Scripts are refused by name: a write within a script fails with another error than that of a full Redis.
    refuseWrites: () => change("-@write", "-eval"),
    allowWrites: () => change("+@all"),
    async remove() {
      await redis.call("ACL", "DELUSER", name);
      redis.disconnect();
    },
  };
}
