import { askRedis } from "../test/ask-redis.ts";
import type { Tolerance } from "./checker.ts";
import type { Cluster, StoreRelays } from "./cluster.ts";
import type { ThrowawayServer } from "./throwaway-servers.ts";

/** Longer than the longest timeout of a store, which is that of a Postgres query: 5 s. */
const STALL_MS = 7000;
/** Keys that keep a starting Redis loading for a second, at this delay for each. */
const FILLING = { keys: 20_000, microsecondsEach: 50 };

export interface Fault extends Tolerance {
  begin(): unknown;
  end(): unknown;
  /** Duration in milliseconds, where the usual one does not fit. */
  lastsMs?: number;
  /** True if relays between the processes and their stores inject it. */
  isRelayed?: boolean;
}

/** All faults by the name they have in the report. */
export function faultsOn(cluster: Cluster): Record<string, Fault> {
  const { redis, postgres } = cluster;
  return {
    ...faultsOfServer("Redis", redis),
    "Redis is killed, and reads for seconds before it is back": {
      async begin() {
        await fill(redis);
        await redis.kill();
        await redis.start({ settings: ["--key-load-delay", String(FILLING.microsecondsEach)] });
      },
      end: () => {},
      lastsMs: 0,
    },
    "Redis takes no writes, as without its replica": settingOfRedis(redis, "min-replicas-to-write", "1"),
    "Redis is full": settingOfRedis(redis, "maxmemory", "1"),
    "Redis is killed, and is back with nothing": {
      begin: () => redis.kill(),
      end: () => redis.start({ folder: "emptied" }),
      endsSessions: true,
      leavesNoneReady: true,
    },
    ...faultsOfServer("Postgres", postgres),
    "Postgres is killed, and is back without a table, until its data is put back": {
      async begin() {
        await postgres.kill();
        await postgres.start({ folder: "empty" });
      },
      async end() {
        await postgres.stop();
        await postgres.start({ folder: "data" });
      },
      leavesNoneReady: true,
    },
    ...faultsOfProcesses(cluster),
    ...faultsOfConnection("Redis", cluster.relays, "redis"),
    ...faultsOfConnection("Postgres", cluster.relays, "postgres"),
  };
}

function faultsOfServer(name: string, server: ThrowawayServer): Record<string, Fault> {
  return {
    [`${name} is killed (SIGKILL), and is back with what it had`]: {
      begin: () => server.kill(),
      end: () => server.start(),
      leavesNoneReady: true,
    },
    [`${name} stalls for ${STALL_MS / 1000} s (SIGSTOP)`]: {
      begin: () => server.stall(),
      end: () => server.resume(),
      lastsMs: STALL_MS,
      leavesNoneReady: true,
    },
  };
}

function settingOfRedis(server: ThrowawayServer, name: string, value: string): Fault {
  return {
    begin: () => askRedis(server.url, (redis) => redis.config("SET", name, value)),
    end: () => askRedis(server.url, (redis) => redis.config("SET", name, "0")),
    leavesNoneReady: true,
  };
}

function faultsOfProcesses({ processes }: Cluster): Record<string, Fault> {
  return {
    "one of two processes is killed (SIGKILL)": {
      begin: () => processes()[0].stop("SIGKILL"),
      end: () => processes()[0].start(),
      endsProcesses: true,
    },
    "both processes are restarted, one after the other": {
      async begin() {
        for (const each of processes()) {
          const status = await each.stop("SIGTERM");
          if (status !== 0) throw new Error(`A process that was told to stop ended with ${status}`);
          await each.start();
        }
      },
      end: () => {},
      endsProcesses: true,
      failsNoRequest: true,
    },
  };
}

function faultsOfConnection(
  name: string,
  relays: [StoreRelays, StoreRelays],
  store: keyof StoreRelays,
): Record<string, Fault> {
  return {
    [`${name} takes 100 ms more for each answer`]: {
      begin: () => {
        for (const relay of relays) relay[store].slow(50);
      },
      end: () => Promise.all(relays.map((relay) => relay[store].restore())),
      isRelayed: true,
    },
    [`${name} is cut off from one of two processes`]: {
      begin: () => relays[0][store].kill(),
      end: () => relays[0][store].restore(),
      isRelayed: true,
    },
  };
}

function fill(server: ThrowawayServer): Promise<unknown> {
  const script = "for i = 1, ARGV[1] do redis.call('SET', 'filling:' .. i, '') end";
  return askRedis(server.url, (redis) => redis.eval(script, 0, FILLING.keys));
}
