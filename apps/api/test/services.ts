import { connect } from "node:net";
import { userInfo } from "node:os";

/**
 * The services that tests may use: those that `REDIS_URL` and `DATABASE_URL` name, or ones on the standard ports.
 * Null for what does not answer, or when `HIDE_SERVICES` is set. With `REQUIRE_SERVICES` a missing one is an error
 * instead of a skipped suite.
 */
export const redisUrl = await find("Redis", process.env.REDIS_URL || "redis://127.0.0.1:6379");
export const postgresUrl = await find(
  "Postgres",
  process.env.DATABASE_URL || `postgres://${process.env.PGUSER ?? userInfo().username}@127.0.0.1:5432/postgres`,
);

async function find(name: string, url: string): Promise<string | null> {
  const { hostname, port, protocol } = new URL(url);
  const usualPort = protocol.startsWith("redis") ? 6379 : 5432;
  const isThere = !process.env.HIDE_SERVICES && (await answers(hostname, Number(port || usualPort)));
  if (!isThere && process.env.REQUIRE_SERVICES) throw new Error(`REQUIRE_SERVICES is set, and no ${name} answers`);
  return isThere ? url : null;
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1000 });
    const settle = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once("connect", () => settle(true));
    socket.once("error", () => settle(false));
    socket.once("timeout", () => settle(false));
  });
}
