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

export interface ServiceAddress {
  host: string;
  port: number;
}

/** Host and port of a service's URL, with the default port of its protocol. */
export function serviceAddressOf(url: string): ServiceAddress {
  const { hostname, port, protocol } = new URL(url);
  const number = Number(port) || USUAL_PORTS[protocol];
  if (!number) throw new Error(`Say the port in ${url}: nobody knows the usual one of ${protocol}`);
  return { host: hostname.replace(/^\[|\]$/g, ""), port: number };
}

export interface ServiceOptions {
  /** The switches; `process.env` by default. */
  env?: { HIDE_SERVICES?: string | undefined; REQUIRE_SERVICES?: string | undefined };
}

/**
 * The URL of a service that tests may use, or `null` when nothing answers there, so that a suite can be skipped by
 * name. With `HIDE_SERVICES` set the result is always `null`; with `REQUIRE_SERVICES` a service that does not answer is
 * an error.
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
  const isThere = !env.HIDE_SERVICES && (await answers(serviceAddressOf(url)));
  if (!isThere && env.REQUIRE_SERVICES) throw new Error(`REQUIRE_SERVICES is set, and no ${name} answers at ${url}`);
  return isThere ? url : null;
}

function answers(place: ServiceAddress): Promise<boolean> {
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
