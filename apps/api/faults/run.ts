// pnpm prove faults: injects one fault after the other under load, into the product as it runs in production: two
// processes on Postgres and Redis behind a plain proxy. Reports for each fault the answers that users get during it, the time to
// recover, and lost acknowledged work. Prints a Markdown table; exits with 1 when a promise was broken.
// It starts the Redis and the Postgres that it kills. `node apps/api/faults/run.ts Redis soak` runs the faults that have
// one of the words in their names. SECONDS is the duration of each fault (3), SOAK_SECONDS that of the soak test (60).
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { median } from "@yumroad/testkit";
import { createWorkload } from "../test/workload.ts";
import {
  duringFault,
  type FaultRun,
  inWords,
  RECOVERS_WITHIN_MS,
  recoveryTimeOf,
  soakViolationsOf,
  violationsOf,
} from "./checker.ts";
import { type Cluster, createCluster, NODE_OPTIONS } from "./cluster.ts";
import { type Fault, faultsOn } from "./faults.ts";
import { missingPrograms } from "./throwaway-servers.ts";

const FAULT_MS = Number(process.env.SECONDS ?? 3) * 1000;
const SOAK_MS = Number(process.env.SOAK_SECONDS ?? 60) * 1000;
const CALM_MS = 1000;
/** Delay into the fault. The readiness check waits as long as a query does, and must end before the fault. */
const READY_ASKED_AFTER_MS = 1000;
const PEOPLE = 3;

const missing = missingPrograms();
if (missing !== null) {
  console.error(missing);
  process.exit(1);
}

const broken: string[] = [];
const rows: string[] = [];
let soaked = "";
let isWhole = false;
let cluster: Cluster | null = null;
let cleanedUp: Promise<void> | null = null;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => cleanUp().finally(() => process.exit(1)));
}

try {
  cluster = await createCluster();
  for (const [name, fault] of Object.entries(faultsOn(cluster))) {
    if (!isAsked(name)) continue;
    const line = await runFault(cluster, name, fault);
    console.error(line);
    rows.push(line);
  }
  if (isAsked("soak")) {
    soaked = await soak(cluster).catch((error) => {
      broken.push(`soak: it broke off: ${messageOf(error)}`);
      return "";
    });
  }
  isWhole = true;
} finally {
  await cleanUp();
}
process.exit(broken.length === 0 ? 0 : 1);

/** Runs once. Prints the results so far first. */
function cleanUp(): Promise<void> {
  cleanedUp ??= (async () => {
    console.log(
      [
        `Two processes of production on a Postgres and a Redis that were started for this, behind a proxy that gives each request to the next one, and asks again where nobody took it or a read broke off. ${PEOPLE} sellers list and rename products, log in and out and look who they are, and a stranger browses; each fault lasts ${FAULT_MS / 1000} s unless it says otherwise, beside what it takes to begin and to end it, and the load goes on for ${RECOVERS_WITHIN_MS / 1000} s after it. Where a server is killed or stalls, all of its own processes are; what is slow or cut off is so by relays, through which the processes go for these rows alone.`,
        "",
        `The processes run with the settings of a shop in production behind one proxy, and with \`NODE_OPTIONS=${NODE_OPTIONS}\`, as on a small machine; Redis with \`appendonly yes\` and no snapshots, Postgres as \`initdb\` sets it up. "Meanwhile" is all that was under way at any time of the fault, "slowest" of any of it, log-ins and what waited its turn behind their hashes among it, "well again" the end of the last answer that was not good: where sessions are gone, everybody has logged in again by then. The same two processes have to be there after it, but for the faults that end them. A Postgres without tables stays one until its data is put back: a shop that made itself new and empty would hide that its data is gone. Figures are of one run.`,
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
    await cluster?.end();
  })();
  return cleanedUp;
}

function isAsked(name: string): boolean {
  const words = process.argv.slice(2);
  return words.length === 0 || words.some((word) => name.includes(word));
}

/**
 * Runs one fault and returns its row. A fault that could not be run to its end counts as a broken promise; the stores
 * and processes are then repaired for the next one.
 */
async function runFault(on: Cluster, name: string, fault: Fault): Promise<string> {
  try {
    await on.go(fault.isRelayed ? "relayed" : "straight");
    const faultRun = await injectFault(on, fault);
    broken.push(...violationsOf(faultRun, fault).map((promise) => `${name}: ${promise}`));
    return lineOf(name, fault, faultRun);
  } catch (error) {
    broken.push(`${name}: it broke off: ${messageOf(error)}`);
    await on.repair().catch((reason) => broken.push(`${name}: it can't be mended: ${messageOf(reason)}`));
    return `| ${name} | **broke off: ${messageOf(error).replaceAll("|", "/")}** |${" |".repeat(7)}`;
  }
}

async function injectFault(on: Cluster, fault: Fault): Promise<FaultRun> {
  const workload = await createWorkload({ port: on.proxy.port, people: PEOPLE });
  const retriesBefore = on.proxy.retriesOfTaken;
  const before = pidsOf(on);
  workload.start();
  try {
    await sleep(CALM_MS);
    const begunAt = performance.now();
    let readyMeanwhile = 0;
    const sessions = fault.endsSessions ? workload.openSessions() : [];
    try {
      await fault.begin();
      [readyMeanwhile] = await Promise.all([
        fault.leavesNoneReady ? sleep(READY_ASKED_AFTER_MS).then(on.countReady) : 0,
        sleep(fault.lastsMs ?? FAULT_MS),
      ]);
    } finally {
      await fault.end();
    }
    const endedAt = performance.now();
    await sleep(RECOVERS_WITHIN_MS);
    await workload.stop();
    const audit = await workload.audit();
    const sessionsEnded = await workload.countEnded(sessions);
    return {
      workload,
      begunAt,
      endedAt,
      audit,
      sessionsBefore: sessions.length,
      sessionsEnded,
      retriesOfTaken: on.proxy.retriesOfTaken - retriesBefore,
      readyMeanwhile,
      processesGone: gone(before, on),
    };
  } finally {
    await workload.stop();
  }
}

function pidsOf(on: Cluster): (number | undefined)[] {
  return on.processes().map(({ pid }) => pid);
}

/** Number of former processes that have ended. The proxy hides this by using the other one. */
function gone(before: (number | undefined)[], on: Cluster): number {
  const now = pidsOf(on);
  return before.filter((pid, place) => pid === undefined || now[place] !== pid).length;
}

function lineOf(name: string, fault: Fault, faultRun: FaultRun): string {
  const { workload, audit, sessionsBefore, sessionsEnded, retriesOfTaken } = faultRun;
  const during = duringFault(faultRun);
  const slowest = Math.max(0, ...during.map(({ tookMs }) => tookMs));
  const { writes, logins, logouts } = workload.acknowledged;
  const cells = [
    name,
    inWords(during),
    `${slowest.toFixed(0)} ms`,
    `${recoveryTimeOf(faultRun).toFixed(0)} ms`,
    retriesOfTaken,
    `${writes}, ${logins}, ${logouts}`,
    audit.lost.length,
    fault.endsSessions ? `${sessionsEnded} of ${sessionsBefore}, as it must be` : audit.loggedOut.length,
    audit.strangers.length || "none",
  ];
  return `| ${cells.join(" | ")} |`;
}

function messageOf(error: unknown): string {
  return String(error instanceof Error ? error.message : error)
    .split("\n")
    .slice(0, 3)
    .join(" ")
    .slice(0, 300);
}

/**
 * Memory under steady load: the resident memory in the middle of the second and of the last quarter, and the heap in
 * use after a garbage collection, after the first quarter and at the end.
 */
async function soak(on: Cluster): Promise<string> {
  await on.go("straight");
  const workload = await createWorkload({ port: on.proxy.port, people: PEOPLE });
  const before = pidsOf(on);
  workload.start();
  const samples: number[] = [];
  const heap = { early: Number.NaN, late: Number.NaN };
  const startedAt = performance.now();
  try {
    while (performance.now() - startedAt < SOAK_MS) {
      await sleep(SOAK_MS / 80);
      samples.push(Math.max(...on.processes().map(({ pid }) => residentMiB(pid))));
      if (Number.isNaN(heap.early) && performance.now() - startedAt > SOAK_MS / 4) heap.early = await on.heapInUse();
    }
    heap.late = await on.heapInUse();
  } finally {
    await workload.stop();
  }
  const quarter = Math.floor(samples.length / 4);
  const resident = { early: median(samples.slice(quarter, 2 * quarter)), late: median(samples.slice(-quarter)) };
  const seconds = SOAK_MS / 1000;
  const audit = await workload.audit();
  const soakRun = { workload, audit, seconds, processesGone: gone(before, on), resident, heap };
  broken.push(...soakViolationsOf(soakRun).map((promise) => `soak: ${promise}`));
  const { writes, logins, logouts } = workload.acknowledged;
  return [
    `Soak: ${inWords(workload.outcomes)} in ${seconds.toFixed(0)} s, with ${writes} writes, ${logins} log-ins and ${logouts} log-outs acknowledged.`,
    `The larger process holds ${resident.early.toFixed(0)} MiB in the second quarter of the time and ${resident.late.toFixed(0)} MiB in the last (${(resident.late / resident.early).toFixed(2)});`,
    `once garbage is collected, ${heap.early.toFixed(1)} MiB of the heap are in use after the first quarter and ${heap.late.toFixed(1)} MiB at the end (${(heap.late / heap.early).toFixed(2)}).`,
  ].join(" ");
}

function residentMiB(pid: number | undefined): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}
