import { userInfo } from "node:os";
import { findService } from "@yumroad/testkit";

/** The services that tests may use: the configured ones, or those on the standard ports. Null if nothing answers. */
export const redisUrl = await findService("Redis", process.env.REDIS_URL || "redis://127.0.0.1:6379");
export const postgresUrl = await findService(
  "Postgres",
  process.env.DATABASE_URL || `postgres://${process.env.PGUSER ?? userInfo().username}@127.0.0.1:5432/postgres`,
);
