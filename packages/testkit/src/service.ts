import { connect } from "node:net";

const USUAL_PORTS: Record<string, number> = {
  "redis:": 6379,
  "rediss:": 6379,
  "postgres:": 5432,
  "postgresql:": 5432,
  "mysql:": 3306,
  "mongodb:": 27017,
  "smtp:": 25,
  "http:": 80,
  "https:": 443,
};

export interface Place {
  host: string;
  port: number;
}

/** Where a service answers by its URL, with the usual port of its protocol if it names none. */
export function placeOf(url: string): Place {
  const { hostname, port, protocol } = new URL(url);
  const number = Number(port) || USUAL_PORTS[protocol];
  if (!number) throw new Error(`Say the port in ${url}: nobody knows the usual one of ${protocol}`);
  return { host: hostname.replace(/^\[|\]$/g, ""), port: number };
}

export interface ServiceOptions {
  /** The switches, from the environment unless given. */
  env?: { HIDE_SERVICES?: string | undefined; REQUIRE_SERVICES?: string | undefined };
}

/**
 * A service that tests may use: its URL when something answers there, else `null`, so that a suite can be skipped by
 * name. With `HIDE_SERVICES` set it is never there; with `REQUIRE_SERVICES` one that does not answer is an error.
 *
 * @example
 * const redisUrl = await findService("Redis", process.env.REDIS_URL || "redis://127.0.0.1:6379");
 * describe.skipIf(redisUrl === null)("sessions [needs Redis]", () => {});
 */
export async function findService(
  name: string,
  url: string,
  { env = process.env }: ServiceOptions = {},
): Promise<string | null> {
  const isThere = !env.HIDE_SERVICES && (await answers(placeOf(url)));
  if (!isThere && env.REQUIRE_SERVICES) throw new Error(`REQUIRE_SERVICES is set, and no ${name} answers at ${url}`);
  return isThere ? url : null;
}

function answers(place: Place): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ ...place, timeout: 1000 });
    const settle = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once("connect", () => settle(true));
    socket.once("error", () => settle(false));
    socket.once("timeout", () => settle(false));
  });
}
