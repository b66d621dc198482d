import type { Audit, Outcome, Workload } from "../test/workload.ts";

/** A process reconnects to a store that is back within this time, with a second to spare. */
export const RECOVERS_WITHIN_MS = 5000;
/**
 * Writes of all sellers together in the soak test: far below the rate of a slow machine, far above that of a stuck
 * shop.
 */
const WRITES_A_SECOND = 2;
const MOST_GROWTH = 1.15;

/** Effects that users may see of a fault, besides 502 and 503 for the requests that it hit. */
export interface Tolerance {
  /** Every user who was logged in has to be logged out, and must not get another user's session. */
  endsSessions?: boolean;
  /** No request may fail, not even by the proxy's own answer, and none that a process had accepted may be retried. */
  failsNoRequest?: boolean;
  /** Processes may end, and not only stores. */
  endsProcesses?: boolean;
  /** Every process must report at `/readyz` that it is not ready. */
  leavesNoneReady?: boolean;
}

/** The observations of a run with one fault. */
export interface FaultRun {
  workload: Pick<Workload, "outcomes" | "acknowledged">;
  begunAt: number;
  endedAt: number;
  audit: Audit;
  /** For a fault that ends sessions: the open sessions when it began that the workload does not log out. */
  sessionsBefore: number;
  /** Number of those sessions that are logged out afterwards. */
  sessionsEnded: number;
  /** Reads that a process had accepted but not answered, so that the proxy retried them. */
  retriesOfTaken: number;
  /** Number of processes that reported to be ready during the fault. */
  readyMeanwhile: number;
  /** Number of processes that ended or were replaced. */
  processesGone: number;
}

/** 412 is a correct answer to a write that another tab has overtaken. */
export function isGood({ status }: Pick<Outcome, "status">): boolean {
  return (status >= 200 && status < 300) || status === 412;
}

/** Requests that overlap with the fault, including those that began before it or ended after it. */
export function duringFault({ workload, begunAt, endedAt }: FaultRun): Outcome[] {
  return workload.outcomes.filter((outcome) => outcome.at < endedAt && endOf(outcome) > begunAt);
}

/** Milliseconds from the end of the fault to the last bad answer, whenever that was requested. */
export function recoveryTimeOf({ workload, endedAt }: FaultRun): number {
  return Math.max(0, ...workload.outcomes.filter((outcome) => !isGood(outcome)).map((bad) => endOf(bad) - endedAt));
}

/** The violated promises, in words. */
export function violationsOf(faultRun: FaultRun, tolerance: Tolerance): string[] {
  const { workload, begunAt, endedAt, retriesOfTaken, readyMeanwhile, processesGone } = faultRun;
  const { sessionsBefore, sessionsEnded } = faultRun;
  const audit = tolerance.endsSessions ? { ...faultRun.audit, loggedOut: [] } : faultRun.audit;
  // A bad answer long after the fault is not counted as wrong here; "well again" covers it.
  const wrong = workload.outcomes.filter(
    (outcome) => !isGood(outcome) && !(endOf(outcome) > begunAt && mayFail(outcome, tolerance)),
  );
  const recoveryMs = recoveryTimeOf(faultRun);
  return [
    wrong.length > 0 && `${wrong.length} wrong answers (${inWords(wrong)}), as ${JSON.stringify(wrong.slice(0, 3))}`,
    !workload.outcomes.some((outcome) => outcome.at >= endedAt && isGood(outcome)) && "no good answer after it",
    Object.values(workload.acknowledged).includes(0) && `too little work: ${JSON.stringify(workload.acknowledged)}`,
    tolerance.failsNoRequest &&
      retriesOfTaken > 0 &&
      `${retriesOfTaken} reads were cut off, and asked again by the proxy`,
    tolerance.leavesNoneReady && readyMeanwhile > 0 && `${readyMeanwhile} processes called themselves ready meanwhile`,
    !tolerance.endsProcesses && processesGone > 0 && `processes that did not come through it: ${processesGone}`,
    recoveryMs >= RECOVERS_WITHIN_MS - 1000 && `not well again ${recoveryMs.toFixed(0)} ms later`,
    tolerance.endsSessions && sessionsEnded === 0 && "it ended no session",
    tolerance.endsSessions && sessionsEnded < sessionsBefore && `outlived: ${sessionsBefore - sessionsEnded} sessions`,
    ...auditViolationsOf(audit),
  ].filter((promise) => typeof promise === "string");
}

/** MiB of the larger process, early and late in the run. */
export interface Growth {
  early: number;
  late: number;
}

export interface SoakRun extends Pick<FaultRun, "workload" | "audit" | "processesGone"> {
  seconds: number;
  /** Resident memory. It says little with a limited heap, because garbage fills the heap up to the limit. */
  resident: Growth;
  /** Heap in use after a garbage collection. */
  heap: Growth;
}

export function soakViolationsOf({ workload, audit, seconds, processesGone, resident, heap }: SoakRun): string[] {
  const wrong = workload.outcomes.filter((outcome) => !isGood(outcome));
  const { writes, logouts } = workload.acknowledged;
  return [
    wrong.length > 0 && `${wrong.length} answers were not good: ${inWords(wrong)}`,
    (writes < WRITES_A_SECOND * seconds || logouts === 0) && `too little work: ${writes} writes, ${logouts} log-outs`,
    processesGone > 0 && `processes that did not come through it: ${processesGone}`,
    hasGrown(resident) && `memory grew from ${resident.early} to ${resident.late} MiB`,
    hasGrown(heap) && `the heap in use grew from ${heap.early} to ${heap.late} MiB`,
    ...auditViolationsOf(audit),
  ].filter((promise) => typeof promise === "string");
}

/** NaN counts as growth, because it proves nothing. */
function hasGrown({ early, late }: Growth): boolean {
  return !(late / early <= MOST_GROWTH);
}

export function inWords(outcomes: readonly Outcome[]): string {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) {
    const name = outcome.status === 0 ? "no answer" : isGood(outcome) ? "good" : String(outcome.status);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `${count} ${name}`).join(", ");
}

/** A request may get 401 only when the fault has ended its session. */
function mayFail({ status }: Outcome, { failsNoRequest = false, endsSessions = false }: Tolerance): boolean {
  return !failsNoRequest && ([0, 502, 503].includes(status) || (endsSessions && status === 401));
}

function endOf({ at, tookMs }: Outcome): number {
  return at + tookMs;
}

function auditViolationsOf({ lost, strangers, loggedOut }: Audit): string[] {
  return [
    ...lost.map((write) => `lost: ${write}`),
    ...strangers,
    ...loggedOut.map((session) => `logged out: ${session}`),
  ];
}
