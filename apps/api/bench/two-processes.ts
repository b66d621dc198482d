// The cost of two processes on the same Postgres and Redis against one: requests per second of processor time.

import { readFileSync } from "node:fs";
import { median } from "@yumroad/testkit";
import { moveToServersCore, type Server } from "./child.ts";
import { type Figure, type Place, proxyHeaders, signUp, startProduct } from "./figures.ts";
import { load, type Request } from "./load.ts";

const ROUNDS = 5;
const WARM_UPS = 2;
const ROUND_SECONDS = 3;
/** Connections to each process. */
const CONNECTIONS = 32;
/** About a thousand requests per second and process, a fraction of the capacity. */
const PAUSE_MS = 30;
/** Unit of processor time on Linux (sysconf(_SC_CLK_TCK)). */
const TICKS_PER_SECOND = 100;

/**
 * Eight people request their session, the list and their own products, of one process and then as much of each of two.
 * The main figure pauses between requests and leaves room for all processes, so it is the cost of being two. The second
 * figure has both processes share one core without pauses, caches included.
 */
export async function measureTwoProcesses(place: Place, redisUrl: string, prefix: string): Promise<Figure[]> {
  // Sequential, because the first one migrates.
  const servers: Server[] = [];
  const options = { redisUrl, prefix, onOneCore: false };
  for (let number = 0; number < 2; number += 1) servers.push(await startProduct(place, options));
  const cookies: string[] = [];
  for (let number = 1; number <= 8; number += 1) {
    const person = { email: `person-${number}@example.com`, name: `Person ${number}` };
    cookies.push(await signUp((servers[0] as Server).port, number, person));
  }

  const paced = await compare(servers, cookies, PAUSE_MS);
  for (const server of servers) moveToServersCore(server);
  const flatOut = await compare(servers, cookies, 0);
  await Promise.all(servers.map((server) => server.stop()));

  const [one, two] = [paced.one, paced.two].map((number) => Math.round(number).toLocaleString("en"));
  return [
    {
      what: "requests for each second of processor time with two processes, of with one (Postgres and Redis; each process with the load of the one, with pauses)",
      target: "≥ 0.9",
      measured: `${paced.ratio.toFixed(2)} (${two} of ${one}); flat out on one core ${flatOut.ratio.toFixed(2)}`,
      isReached: paced.ratio >= 0.9,
    },
  ];
}

/** Medians over the rounds, which alternate between one process and both, per second of their processor time. */
async function compare(
  servers: Server[],
  cookies: string[],
  pauseMs: number,
): Promise<{ one: number; two: number; ratio: number }> {
  let turn = 0;
  const next = (): Omit<Request, "port"> => {
    turn += 1;
    const person = turn % cookies.length;
    const headers = { ...proxyHeaders(person + 1), Cookie: cookies[person] ?? "" };
    const path = ["/api/auth/session", "/api/auth/session", "/api/products", "/api/me/products"][(turn >> 1) % 4] ?? "";
    return { path, headers };
  };
  const perCpuSecond = async (used: Server[]): Promise<number> => {
    const before = cpuSeconds(used);
    const startedAt = performance.now();
    const { perSecond } = await loadOnEach(used, next, pauseMs);
    const seconds = (performance.now() - startedAt) / 1000;
    return (perSecond * seconds) / (cpuSeconds(used) - before);
  };

  const rounds: { one: number; two: number }[] = [];
  for (let round = 0; round < WARM_UPS + ROUNDS; round += 1) {
    // Alternates the process that is measured alone, so that both have had the same work: code that runs often gets
    // faster.
    const alone = servers[round % servers.length] as Server;
    const measured = { one: await perCpuSecond([alone]), two: await perCpuSecond(servers) };
    if (round >= WARM_UPS) rounds.push(measured);
  }
  return {
    one: median(rounds.map(({ one }) => one)),
    two: median(rounds.map(({ two }) => two)),
    ratio: median(rounds.map(({ one, two }) => two / one)),
  };
}

/**
 * Connections stay with one server, and each server has the same number, because a second process is started for more
 * people.
 */
async function loadOnEach(
  servers: Server[],
  next: () => Omit<Request, "port">,
  pauseMs: number,
): Promise<{ perSecond: number }> {
  const options = { connections: CONNECTIONS, seconds: ROUND_SECONDS, pauseMs };
  const results = await Promise.all(servers.map(({ port }) => load(() => ({ ...next(), port }), options)));
  return { perSecond: results.reduce((sum, { perSecond }) => sum + perSecond, 0) };
}

function cpuSeconds(servers: Server[]): number {
  return servers.reduce((sum, { pid }) => {
    // The fields after the name, which may contain anything: user and system time are the 12th and 13th (proc(5)).
    const [, rest = ""] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
    const fields = rest.split(" ");
    return sum + (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  }, 0);
}
