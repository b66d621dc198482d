import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRoundRobin, createTcpFaults, freePort, type RoundRobin, type TcpFaults } from "@yumroad/testkit";
import { browserAt, createServerProcess, type ServerProcess, shopSettings } from "../test/server-process.ts";
import { heapInUse } from "./heap.ts";
import { createThrowawayPostgres, createThrowawayRedis, type ThrowawayServer } from "./throwaway-servers.ts";

/**
 * The heap limit of a small machine. With more room Node would leave garbage uncollected, and growth would say nothing.
 */
export const NODE_OPTIONS = "--max-old-space-size=128";
const HEAP_ON_SIGNAL = `--import=${import.meta.resolve("./heap-on-signal.ts")}`;
/** Folder of the shop's data in each store. */
const DATA = "data";

/** Relays between a process and its stores. */
export interface StoreRelays {
  redis: TcpFaults;
  postgres: TcpFaults;
}

/** Two production processes behind a proxy, with a Redis and a Postgres of their own. */
export interface Cluster {
  proxy: RoundRobin;
  redis: ThrowawayServer;
  postgres: ThrowawayServer;
  /** Both processes, with or without relays. */
  processes(): [ServerProcess, ServerProcess];
  /** The relays of the first and the second process. They are in use only while the processes are `relayed`. */
  relays: [StoreRelays, StoreRelays];
  /** Connects the processes to their stores directly or through the relays. This restarts both. */
  go(how: "straight" | "relayed"): Promise<void>;
  /** Number of processes that report to be ready. */
  countReady(): Promise<number>;
  /** MiB of heap in use in the larger process, after a garbage collection. */
  heapInUse(): Promise<number>;
  /** Repairs the stores and processes after a fault that was not run to its end. */
  repair(): Promise<void>;
  end(): Promise<void>;
}

/** Starts everything. A cluster that is not ended dies with this process, however that ends. */
export async function createCluster(): Promise<Cluster> {
  const [redis, postgres] = [await createThrowawayRedis(), await createThrowawayPostgres()];
  const folder = mkdtempSync(join(tmpdir(), "yumroad-faults-"));
  const prefix = `yumroad-faults-${randomBytes(6).toString("hex")}:`;
  const ports = [await freePort(), await freePort()] as const;
  const createRelays = async () => ({
    redis: await createTcpFaults(redis.url),
    postgres: await createTcpFaults(postgres.url),
  });
  const relays: [StoreRelays, StoreRelays] = [await createRelays(), await createRelays()];
  const makeProcess = (port: number, to: { redis: { url: string }; postgres: { url: string } }) => {
    const stores = { folder, databaseUrl: to.postgres.url, redis: { url: to.redis.url, prefix } };
    return createServerProcess(port, {
      ...shopSettings(stores),
      NODE_OPTIONS: `${NODE_OPTIONS} ${HEAP_ON_SIGNAL}`,
    });
  };
  const straight = { redis, postgres };
  // Each process has its own relays, so that one can be cut off without the other.
  const sets: Record<"straight" | "relayed", [ServerProcess, ServerProcess]> = {
    straight: [makeProcess(ports[0], straight), makeProcess(ports[1], straight)],
    relayed: [makeProcess(ports[0], relays[0]), makeProcess(ports[1], relays[1])],
  };
  const proxy = await createRoundRobin(ports.map((port) => ({ port })));
  let processes = sets.straight;

  const startThem = () => Promise.all(processes.map(({ pid, start }) => pid === undefined && start()));
  const destroyNow = () => {
    for (const { pid } of processes) if (pid !== undefined) process.kill(pid, "SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  process.on("exit", destroyNow);

  await Promise.all([redis.start({ folder: DATA }), postgres.start({ folder: DATA })]);
  await startThem();
  return {
    proxy,
    redis,
    postgres,
    relays,
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
    async repair() {
      await Promise.all(relays.flatMap((relay) => [relay.redis.restore(), relay.postgres.restore()]));
      await Promise.all([redis.stop(), postgres.stop()]);
      await Promise.all([redis.start(), postgres.start({ folder: DATA })]);
      await startThem();
    },
    async end() {
      await proxy.close();
      await Promise.all(processes.map((each) => each.stop("SIGKILL")));
      await Promise.all(relays.flatMap((relay) => [relay.redis.close(), relay.postgres.close()]));
      await Promise.all([redis.end(), postgres.end()]);
      destroyNow();
    },
  };
}
