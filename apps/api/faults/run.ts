// pnpm prove faults: one fault after the other, under load, on the product as it runs in production: two processes on
// Postgres and Redis behind a plain proxy. Says of each what people saw meanwhile, how soon all was well again, and
// whether anything acknowledged was lost. Prints a Markdown table; ends with 1 when a promise was broken.
// `node apps/api/faults/run.ts Redis soak` plays those that have one of the words in their names. SECONDS is how long
// each fault lasts (3), SOAK_SECONDS how long the soak (60).
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { createRoundRobin, createTcpFaults, freePort, median } from "@yumroad/testkit";
import { makeDatabasePlace, openOrm } from "../test/database-place.ts";
import { openLedger } from "../test/ledger.ts";
import { deleteKeys } from "../test/redis-keys.ts";
import { createRedisUser } from "../test/redis-user.ts";
import { createServerProcess, type ServerProcess, shopSettings } from "../test/server-process.ts";
import { postgresUrl, redisUrl } from "../test/services.ts";
import {
  brokenBy,
  brokenBySoak,
  inWords,
  type Mercy,
  type Suffering,
  WELL_AGAIN_WITHIN_MS,
  wellAgainAfter,
} from "./judge.ts";

const FAULT_MS = Number(process.env.SECONDS ?? 3) * 1000;
const SOAK_MS = Number(process.env.SOAK_SECONDS ?? 60) * 1000;
const CALM_MS = 1000;
const PEOPLE = 3;

interface Fault extends Mercy {
  begin(): unknown;
  end(): unknown;
}

if (redisUrl === null || postgresUrl === null) throw new Error("This needs Redis and Postgres");
const prefix = `yumroad-faults-${randomBytes(6).toString("hex")}:`;
const place = await makeDatabasePlace("postgres");
const redisUser = await createRedisUser();
// Each process has a way of its own to each store, so that one can be cut off and the other not.
const ways = await Promise.all(
  [0, 1].map(async () => ({
    redis: await createTcpFaults(redisUser.url),
    postgres: await createTcpFaults(place.databaseUrl ?? ""),
  })),
);
const processes: ServerProcess[] = [];
for (const { redis, postgres } of ways) {
  const stores = { folder: place.folder, databaseUrl: postgres.url, redis: { url: redis.url, prefix } };
  // As on a small machine: with room to spare Node would let garbage lie, and growth would say nothing.
  const settings = { ...shopSettings(stores), NODE_OPTIONS: "--max-old-space-size=128" };
  processes.push(createServerProcess(await freePort(), settings));
}
const [first, second] = processes as [ServerProcess, ServerProcess];
const proxy = await createRoundRobin(processes);
const broken: string[] = [];

const rows: string[] = [];
let soaked = "";
let isWhole = false;
let cleanedUp: Promise<void> | null = null;
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => cleanUp().finally(() => process.exit(1)));

try {
  await Promise.all(processes.map((process) => process.start()));
  for (const [name, fault] of Object.entries(faults())) {
    if (!isAsked(name)) continue;
    const line = await play(name, fault);
    console.error(line);
    rows.push(line);
  }
  if (isAsked("soak")) {
    soaked = await soak().catch((error) => {
      broken.push(`soak: it broke off: ${messageOf(error)}`);
      return "";
    });
  }
  isWhole = true;
} finally {
  await cleanUp();
}
process.exit(broken.length === 0 ? 0 : 1);

/** Once, and after a word of what was measured, however far it came. */
function cleanUp(): Promise<void> {
  cleanedUp ??= (async () => {
    console.log(
      [
        `Two processes of production on Postgres and Redis, behind a proxy that gives each request to the next one, and asks again where nobody took it or a read broke off. ${PEOPLE} sellers list and rename products, log in and out and look who they are, and a stranger browses; each fault lasts ${FAULT_MS / 1000} s, and the load goes on for ${WELL_AGAIN_WITHIN_MS / 1000} s after it. Where Postgres is emptied its tables are out of sight for that time, and then back.`,
        "",
        "| Fault, under load | Answers meanwhile | Slowest | All well again after | Reads that broke off | Acknowledged writes, log-ins, log-outs | Lost | Logged out | Somebody else's session |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        ...rows,
        "",
        isWhole ? soaked : "**It broke off before all was tried.**",
        "",
        ...(broken.length > 0 ? ["**Broken promises:**", "", ...broken.map((promise) => `- ${promise}`)] : []),
      ].join("\n"),
    );
    await proxy.close();
    await Promise.all(processes.map((process) => process.stop("SIGKILL")));
    await Promise.all(ways.flatMap(({ redis, postgres }) => [redis.close(), postgres.close()]));
    await place.remove();
    await deleteKeys(prefix);
    await redisUser.remove();
  })();
  return cleanedUp;
}

function isAsked(name: string): boolean {
  const words = process.argv.slice(2);
  return words.length === 0 || words.some((word) => name.includes(word));
}

function faults(): Record<string, Fault> {
  const restore = (store: "redis" | "postgres") => () => Promise.all(ways.map((way) => way[store].restore()));
  const each = (store: "redis" | "postgres", what: "kill" | "stall") => () =>
    Promise.all(ways.map((way) => way[store][what]()));
  const all: Record<string, Fault> = {};
  for (const [name, store] of [
    ["Redis", "redis"],
    ["Postgres", "postgres"],
  ] as const) {
    all[`${name} is killed`] = { begin: each(store, "kill"), end: restore(store) };
    all[`${name} stalls`] = { begin: each(store, "stall"), end: restore(store) };
    all[`${name} takes 100 ms more for each answer`] = {
      begin: () => {
        for (const way of ways) way[store].slow(50);
      },
      end: restore(store),
    };
    all[`${name} is cut off from one of two processes`] = {
      begin: () => ways[0]?.[store].kill(),
      end: () => ways[0]?.[store].restore(),
    };
  }
  all["Redis takes no writes"] = { begin: redisUser.refuseWrites, end: redisUser.allowWrites };
  all["Redis is restarted empty"] = {
    begin: async () => {
      await each("redis", "kill")();
      await deleteKeys(prefix);
    },
    end: restore("redis"),
    endsSessions: true,
  };
  all["Postgres is restarted empty, and its data put back"] = {
    begin: async () => {
      await each("postgres", "kill")();
      await runSql("alter schema public rename to away; create schema public");
      await restore("postgres")();
    },
    end: async () => {
      await each("postgres", "kill")();
      await runSql("drop schema public cascade; alter schema away rename to public");
      await restore("postgres")();
    },
  };
  all["one of two processes is killed (SIGKILL)"] = { begin: () => first.stop("SIGKILL"), end: () => first.start() };
  all["both processes are restarted, one after the other"] = {
    begin: async () => {
      for (const process of [first, second]) {
        const status = await process.stop("SIGTERM");
        if (status !== 0) throw new Error(`A process that was told to stop ended with ${status}`);
        await process.start();
      }
    },
    end: () => {},
    failsNobody: true,
  };
  return all;
}

/** Its row. One that could not be played to its end is a broken promise, and leaves all well for the next one. */
async function play(name: string, fault: Fault): Promise<string> {
  try {
    const suffering = await suffer(fault);
    broken.push(...brokenBy(suffering, fault).map((promise) => `${name}: ${promise}`));
    return lineOf(name, fault, suffering);
  } catch (error) {
    broken.push(`${name}: it broke off: ${messageOf(error)}`);
    await Promise.all(ways.flatMap(({ redis, postgres }) => [redis.restore(), postgres.restore()]));
    await Promise.all(processes.map(({ pid, start }) => pid === undefined && start())).catch(() => {});
    return `| ${name} | **broke off: ${messageOf(error).replaceAll("|", "/")}** |${" |".repeat(7)}`;
  }
}

async function suffer({ begin, end, endsSessions = false }: Fault): Promise<Suffering> {
  const ledger = await openLedger({ port: proxy.port, people: PEOPLE });
  const retriesBefore = proxy.retriesOfTaken;
  ledger.start();
  try {
    await sleep(CALM_MS);
    const begunAt = performance.now();
    try {
      await begin();
      await sleep(FAULT_MS);
    } finally {
      await end();
    }
    const endedAt = performance.now();
    await sleep(WELL_AGAIN_WITHIN_MS);
    await ledger.stop();
    const audit = await ledger.audit({ sessionsMayBeGone: endsSessions });
    return { ledger, begunAt, endedAt, audit, retriesOfTaken: proxy.retriesOfTaken - retriesBefore };
  } finally {
    await ledger.stop();
  }
}

function lineOf(name: string, fault: Fault, suffering: Suffering): string {
  const { ledger, begunAt, endedAt, audit, retriesOfTaken } = suffering;
  const during = ledger.outcomes.filter(({ at }) => at >= begunAt && at < endedAt);
  const slowest = Math.max(0, ...during.map(({ tookMs }) => tookMs));
  const { writes, logIns, logOuts } = ledger.acknowledged;
  const cells = [
    name,
    inWords(during),
    `${slowest.toFixed(0)} ms`,
    `${wellAgainAfter(suffering, fault).toFixed(0)} ms`,
    retriesOfTaken,
    `${writes}, ${logIns}, ${logOuts}`,
    audit.lost.length,
    fault.endsSessions ? "all, as it must be" : audit.loggedOut.length,
    audit.strangers.length || "none",
  ];
  return `| ${cells.join(" | ")} |`;
}

/** On the database itself, past all faults. */
async function runSql(sql: string): Promise<void> {
  const orm = await openOrm(place);
  try {
    for (const statement of sql.split("; ")) await orm.em.fork().execute(statement);
  } finally {
    await orm.close();
  }
}

function messageOf(error: unknown): string {
  return String(error instanceof Error ? error.message : error)
    .split("\n")
    .slice(0, 3)
    .join(" ")
    .slice(0, 300);
}

/** Memory under steady load: the middle of the second quarter of the time, and of the last. */
async function soak(): Promise<string> {
  const ledger = await openLedger({ port: proxy.port, people: PEOPLE });
  ledger.start();
  const samples: number[] = [];
  const startedAt = performance.now();
  try {
    while (performance.now() - startedAt < SOAK_MS) {
      await sleep(SOAK_MS / 80);
      samples.push(Math.max(...processes.map(({ pid }) => residentMiB(pid))));
    }
  } finally {
    await ledger.stop();
  }
  const quarter = Math.floor(samples.length / 4);
  const early = median(samples.slice(quarter, 2 * quarter));
  const late = median(samples.slice(-quarter));
  const seconds = SOAK_MS / 1000;
  const audit = await ledger.audit();
  broken.push(...brokenBySoak({ ledger, audit, seconds, early, late }).map((promise) => `soak: ${promise}`));
  const { writes, logIns, logOuts } = ledger.acknowledged;
  return `Soak: ${inWords(ledger.outcomes)} in ${seconds.toFixed(0)} s, with ${writes} writes, ${logIns} log-ins and ${logOuts} log-outs acknowledged; the larger process has ${early.toFixed(0)} MiB in the second quarter of the time and ${late.toFixed(0)} MiB in the last (${(late / early).toFixed(2)}).`;
}

function residentMiB(pid: number | undefined): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}
