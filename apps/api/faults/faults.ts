import { askRedis } from "../test/ask-redis.ts";
import type { Mercy } from "./judge.ts";
import type { OwnServer } from "./own-servers.ts";
import type { Stage, Way } from "./stage.ts";

/** Longer than the longest patience with a store, which is that of a query (`src/db/postgres.ts`): 5 s. */
const STALL_MS = 7000;
/** Keys that make a Redis read for so long when it starts. */
const FILLING = { keys: 20_000, microsecondsEach: 50 };

export interface Fault extends Mercy {
  begin(): unknown;
  end(): unknown;
  /** Milliseconds, where the usual ones would not do. */
  lastsMs?: number;
  /** Whether it is played by relays between the processes and their stores. */
  isRelayed?: boolean;
}

/** All faults, by what the page calls them. */
export function faultsOn(stage: Stage): Record<string, Fault> {
  const { redis, postgres } = stage;
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
    ...faultsOfProcesses(stage),
    ...faultsOnTheWay("Redis", stage.ways, "redis"),
    ...faultsOnTheWay("Postgres", stage.ways, "postgres"),
  };
}

function faultsOfServer(name: string, server: OwnServer): Record<string, Fault> {
  return {
    [`${name} is killed (SIGKILL), and is back with what it had`]: {
      begin: () => server.kill(),
      end: () => server.start(),
      leavesNoneReady: true,
    },
    [`${name} stalls for ${STALL_MS / 1000} s (SIGSTOP)`]: {
      begin: () => server.stall(),
      end: () => server.goOn(),
      lastsMs: STALL_MS,
      leavesNoneReady: true,
    },
  };
}

function settingOfRedis(server: OwnServer, name: string, value: string): Fault {
  return {
    begin: () => askRedis(server.url, (redis) => redis.config("SET", name, value)),
    end: () => askRedis(server.url, (redis) => redis.config("SET", name, "0")),
    leavesNoneReady: true,
  };
}

function faultsOfProcesses({ processes }: Stage): Record<string, Fault> {
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
      failsNobody: true,
    },
  };
}

function faultsOnTheWay(name: string, ways: [Way, Way], store: keyof Way): Record<string, Fault> {
  return {
    [`${name} takes 100 ms more for each answer`]: {
      begin: () => {
        for (const way of ways) way[store].slow(50);
      },
      end: () => Promise.all(ways.map((way) => way[store].restore())),
      isRelayed: true,
    },
    [`${name} is cut off from one of two processes`]: {
      begin: () => ways[0][store].kill(),
      end: () => ways[0][store].restore(),
      isRelayed: true,
    },
  };
}

function fill(server: OwnServer): Promise<unknown> {
  const script = "for i = 1, ARGV[1] do redis.call('SET', 'filling:' .. i, '') end";
  return askRedis(server.url, (redis) => redis.eval(script, 0, FILLING.keys));
}
