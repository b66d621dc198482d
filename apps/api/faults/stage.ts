import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRoundRobin, createTcpFaults, freePort, type RoundRobin, type TcpFaults } from "@yumroad/testkit";
import { browserAt, createServerProcess, type ServerProcess, shopSettings } from "../test/server-process.ts";
import { heapInUse } from "./heap.ts";
import { createOwnPostgres, createOwnRedis, type OwnServer } from "./own-servers.ts";

/** As on a small machine: with room to spare Node would let garbage lie, and growth would say nothing. */
export const NODE_OPTIONS = "--max-old-space-size=128";
const HEAP_ON_SIGNAL = `--import=${import.meta.resolve("./heap-on-signal.ts")}`;
/** Where the stores have what the shop keeps. */
const DATA = "data";

/** What a process has between itself and each store, when it has. */
export interface Way {
  redis: TcpFaults;
  postgres: TcpFaults;
}

/** Two processes of production behind a proxy, with a Redis and a Postgres of their own. */
export interface Stage {
  proxy: RoundRobin;
  redis: OwnServer;
  postgres: OwnServer;
  /** Both, whichever way they go to their stores just now. */
  processes(): [ServerProcess, ServerProcess];
  /** For the first process and the second. They go these ways only while they are `relayed`. */
  ways: [Way, Way];
  /** Has the processes go to their stores by way of relays, or straight. It takes a restart of both. */
  go(how: "straight" | "relayed"): Promise<void>;
  /** How many processes call themselves ready. */
  countReady(): Promise<number>;
  /** What is in use in the process that has more, once garbage is collected, in MiB. */
  heapInUse(): Promise<number>;
  /** After a fault that was not played to its end. */
  mend(): Promise<void>;
  end(): Promise<void>;
}

/** Starts it all. A stage that is not ended goes with this process, however that ends. */
export async function createStage(): Promise<Stage> {
  const [redis, postgres] = [await createOwnRedis(), await createOwnPostgres()];
  const folder = mkdtempSync(join(tmpdir(), "yumroad-faults-"));
  const prefix = `yumroad-faults-${randomBytes(6).toString("hex")}:`;
  const ports = [await freePort(), await freePort()] as const;
  const makeWay = async () => ({
    redis: await createTcpFaults(redis.url),
    postgres: await createTcpFaults(postgres.url),
  });
  const ways: [Way, Way] = [await makeWay(), await makeWay()];
  const makeProcess = (port: number, to: { redis: { url: string }; postgres: { url: string } }) => {
    const stores = { folder, databaseUrl: to.postgres.url, redis: { url: to.redis.url, prefix } };
    return createServerProcess(port, {
      ...shopSettings(stores),
      NODE_OPTIONS: `${NODE_OPTIONS} ${HEAP_ON_SIGNAL}`,
    });
  };
  const straight = { redis, postgres };
  // Each process has relays of its own, so that one can be cut off and the other not.
  const sets: Record<"straight" | "relayed", [ServerProcess, ServerProcess]> = {
    straight: [makeProcess(ports[0], straight), makeProcess(ports[1], straight)],
    relayed: [makeProcess(ports[0], ways[0]), makeProcess(ports[1], ways[1])],
  };
  const proxy = await createRoundRobin(ports.map((port) => ({ port })));
  let processes = sets.straight;

  const startThem = () => Promise.all(processes.map(({ pid, start }) => pid === undefined && start()));
  const removeNow = () => {
    for (const { pid } of processes) if (pid !== undefined) process.kill(pid, "SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  process.on("exit", removeNow);

  await Promise.all([redis.start({ folder: DATA }), postgres.start({ folder: DATA })]);
  await startThem();
  return {
    proxy,
    redis,
    postgres,
    ways,
    processes: () => processes,
    async go(how) {
      if (processes === sets[how]) return;
      await Promise.all(processes.map((each) => each.stop()));
      processes = sets[how];
      await startThem();
    },
    async countReady() {
      const ask = async ({ port }: ServerProcess) => {
        const answer = await browserAt(port, "203.0.113.251").get("/readyz");
        return answer.status === 200;
      };
      const ready = await Promise.all(processes.map((each) => ask(each).catch(() => false)));
      return ready.filter(Boolean).length;
    },
    async heapInUse() {
      const ask = async ({ pid }: ServerProcess) => (pid === undefined ? 0 : heapInUse(folder, pid));
      return Math.max(...(await Promise.all(processes.map(ask))));
    },
    async mend() {
      await Promise.all(ways.flatMap((way) => [way.redis.restore(), way.postgres.restore()]));
      await Promise.all([redis.stop(), postgres.stop()]);
      await Promise.all([redis.start(), postgres.start({ folder: DATA })]);
      await startThem();
    },
    async end() {
      await proxy.close();
      await Promise.all(processes.map((each) => each.stop("SIGKILL")));
      await Promise.all(ways.flatMap((way) => [way.redis.close(), way.postgres.close()]));
      await Promise.all([redis.end(), postgres.end()]);
      removeNow();
    },
  };
}
