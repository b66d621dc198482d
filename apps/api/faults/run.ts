// pnpm prove faults: one fault after the other, under load, on the product as it runs in production: two processes on
// Postgres and Redis behind a plain proxy. Says of each what people saw meanwhile, how soon all was well again, and
// whether anything acknowledged was lost. Prints a Markdown table; ends with 1 when a promise was broken.
// `node apps/api/faults/run.ts Redis soak` plays those that have one of the words in their names. SECONDS is how long
// each fault lasts (3), SOAK_SECONDS how long the soak (60).
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { createRoundRobin, createTcpFaults, freePort, median } from "@yumroad/testkit";
import { makeDatabasePlace } from "../test/database-place.ts";
import { type Audit, type Ledger, type Outcome, openLedger } from "../test/ledger.ts";
import { deleteKeys } from "../test/redis-keys.ts";
import { createRedisUser } from "../test/redis-user.ts";
import { createServerProcess, type ServerProcess, shopSettings } from "../test/server-process.ts";
import { postgresUrl, redisUrl } from "../test/services.ts";

const FAULT_MS = Number(process.env.SECONDS ?? 3) * 1000;
const SOAK_MS = Number(process.env.SOAK_SECONDS ?? 60) * 1000;
const CALM_MS = 1000;
/** A process gives a store that came back its turn within this time. */
const WELL_AGAIN_WITHIN_MS = 5000;

interface Fault {
  begin(): unknown;
  end(): unknown;
  /** Whoever is logged in may find themselves logged out, and nobody else than themselves. */
  endsSessions?: boolean;
  /** No request may fail, not even by the proxy's own word. */
  failsNobody?: boolean;
}

/** What came of a fault. */
interface Suffering {
  ledger: Ledger;
  begunAt: number;
  endedAt: number;
  audit: Audit;
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
    const line = lineOf(name, fault, await suffer(fault));
    console.error(line);
    rows.push(line);
  }
  if (isAsked("soak")) soaked = await soak();
  isWhole = true;
  for (const promise of broken) console.error(`broken: ${promise}`);
} finally {
  await cleanUp();
}
process.exit(broken.length === 0 ? 0 : 1);

/** Once, and after a word of what was measured, however far it came. */
function cleanUp(): Promise<void> {
  cleanedUp ??= (async () => {
    console.log(
      [
        "| Fault, under load | Answers meanwhile | Slowest | All well again after | Acknowledged writes | Lost | Somebody else's session |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        ...rows,
        "",
        isWhole ? soaked : "**It broke off before all was tried.**",
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
  all["one of two processes is killed (SIGKILL)"] = { begin: () => first.stop("SIGKILL"), end: () => first.start() };
  all["both processes are restarted, one after the other"] = {
    begin: async () => {
      for (const process of [first, second]) {
        await process.stop("SIGTERM");
        await process.start();
      }
    },
    end: () => {},
    failsNobody: true,
  };
  return all;
}

async function suffer({ begin, end, endsSessions = false }: Fault): Promise<Suffering> {
  const ledger = await openLedger({ port: proxy.port, people: 3 });
  ledger.start();
  await sleep(CALM_MS);
  const begunAt = performance.now();
  await begin();
  await sleep(FAULT_MS);
  await end();
  const endedAt = performance.now();
  await sleep(WELL_AGAIN_WITHIN_MS);
  await ledger.stop();
  const audit = await ledger.audit({ sessionsMayBeGone: endsSessions });
  return { ledger, begunAt, endedAt, audit };
}

function lineOf(name: string, { failsNobody = false }: Fault, suffering: Suffering): string {
  const { ledger, begunAt, endedAt, audit } = suffering;
  const during = ledger.outcomes.filter(({ at }) => at >= begunAt && at < endedAt);
  const after = ledger.outcomes.filter(({ at }) => at >= endedAt);
  const lastBad = after.filter((outcome) => !isWell(outcome)).at(-1);
  const wellAgainMs = lastBad ? lastBad.at + lastBad.tookMs - endedAt : 0;
  const wrong = ledger.outcomes.filter(
    ({ status }) => (status >= 500 && status !== 503 && status !== 502) || (failsNobody && !isGood(status)),
  );
  const promise = (isKept: boolean, what: string) => isKept || broken.push(`${name}: ${what}`);
  promise(wrong.length === 0, `answers ${JSON.stringify(wrong.slice(0, 3))}`);
  promise(audit.lost.length === 0, `lost ${audit.lost.join("; ")}`);
  promise(audit.strangers.length === 0, audit.strangers.join("; "));
  promise(audit.loggedOut.length === 0, `logged out ${audit.loggedOut.join("; ")}`);
  promise(wellAgainMs < WELL_AGAIN_WITHIN_MS - 1000, `not well again ${wellAgainMs.toFixed(0)} ms later`);
  const slowest = Math.max(0, ...during.map(({ tookMs }) => tookMs));
  const cells = [
    name,
    inWords(during),
    `${slowest.toFixed(0)} ms`,
    `${Math.max(0, wellAgainMs).toFixed(0)} ms`,
    ledger.acknowledged.writes,
    audit.lost.length,
    audit.strangers.length || "none",
  ];
  return `| ${cells.join(" | ")} |`;
}

/** 401 is what a session that was emptied away gets; 412 somebody whose own other tab was quicker. */
function isGood(status: number): boolean {
  return (status >= 200 && status < 300) || status === 412;
}

function isWell({ status }: Outcome): boolean {
  return isGood(status) || status === 401;
}

function inWords(outcomes: Outcome[]): string {
  const counts = new Map<string, number>();
  for (const { status } of outcomes) {
    const name = status === 0 ? "no answer" : isGood(status) ? "good" : String(status);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `${count} ${name}`).join(", ");
}

/** Memory under steady load: the middle of the second quarter of the time, and of the last. */
async function soak(): Promise<string> {
  const ledger = await openLedger({ port: proxy.port, people: 3 });
  ledger.start();
  const samples: number[] = [];
  const startedAt = performance.now();
  while (performance.now() - startedAt < SOAK_MS) {
    await sleep(SOAK_MS / 80);
    samples.push(Math.max(...processes.map(({ pid }) => residentMiB(pid))));
  }
  await ledger.stop();
  const quarter = Math.floor(samples.length / 4);
  const early = median(samples.slice(quarter, 2 * quarter));
  const late = median(samples.slice(-quarter));
  if (late > early * 1.15) broken.push(`memory grew from ${early} to ${late} MiB`);
  const audit = await ledger.audit();
  if ([...audit.lost, ...audit.strangers, ...audit.loggedOut].length > 0) broken.push(`soak: ${JSON.stringify(audit)}`);
  return `Soak: ${ledger.outcomes.length} requests in ${(SOAK_MS / 1000).toFixed(0)} s; the larger process has ${early.toFixed(0)} MiB in the second quarter of the time and ${late.toFixed(0)} MiB in the last (${(late / early).toFixed(2)}).`;
}

function residentMiB(pid: number | undefined): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}
