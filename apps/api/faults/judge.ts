import type { Audit, Outcome, Workload } from "../test/workload.ts";

/** A process gives a store that came back its turn within this time, and a second of it is to spare. */
export const WELL_AGAIN_WITHIN_MS = 5000;
/** Of the soak, all sellers together: far below what a slow machine does, far above a shop that is stuck. */
const WRITES_A_SECOND = 2;
const MOST_GROWTH = 1.15;

/** What people may see of a fault, beside 502 and 503 of what it has hit. */
export interface Mercy {
  /** Whoever was logged in before it has to be logged out by it, and is nobody else than themselves. */
  endsSessions?: boolean;
  /** No request may fail, not even by the proxy's own word, nor be asked again where a process had taken it. */
  failsNobody?: boolean;
  /** Processes end by it, and not only stores. */
  endsProcesses?: boolean;
  /** Every process has to say at `/readyz` that it can't serve. */
  leavesNoneReady?: boolean;
}

/** What came of a fault. */
export interface Suffering {
  workload: Pick<Workload, "outcomes" | "acknowledged">;
  begunAt: number;
  endedAt: number;
  audit: Audit;
  /** Of a fault that ends sessions: those that were open when it began, and that nobody has logged out. */
  sessionsBefore: number;
  /** How many of them are nobody's after it. */
  sessionsEnded: number;
  /** Reads that a process had taken and not answered: the proxy has asked them again. */
  retriesOfTaken: number;
  /** How many processes called themselves ready when they were asked in it. */
  readyMeanwhile: number;
  /** How many processes are not those any more that were there before it. */
  processesGone: number;
}

/** 412 is what somebody gets whose own other tab was quicker. */
export function isGood({ status }: Pick<Outcome, "status">): boolean {
  return (status >= 200 && status < 300) || status === 412;
}

/** What was under way at any time of the fault, and so what hung from before it, too, and what ended after it. */
export function duringFault({ workload, begunAt, endedAt }: Suffering): Outcome[] {
  return workload.outcomes.filter((outcome) => outcome.at < endedAt && endOf(outcome) > begunAt);
}

/** How long after the end of a fault the last answer came that was not good, whenever it was asked for. */
export function wellAgainAfter({ workload, endedAt }: Suffering): number {
  return Math.max(0, ...workload.outcomes.filter((outcome) => !isGood(outcome)).map((bad) => endOf(bad) - endedAt));
}

/** What was promised of a fault and not kept, in words. */
export function brokenBy(suffering: Suffering, mercy: Mercy): string[] {
  const { workload, begunAt, endedAt, retriesOfTaken, readyMeanwhile, processesGone } = suffering;
  const { sessionsBefore, sessionsEnded } = suffering;
  const audit = mercy.endsSessions ? { ...suffering.audit, loggedOut: [] } : suffering.audit;
  // What comes too long after it is no wrong answer, but a promise of its own: "well again".
  const wrong = workload.outcomes.filter(
    (outcome) => !isGood(outcome) && !(endOf(outcome) > begunAt && mayFail(outcome, mercy)),
  );
  const wellAgainMs = wellAgainAfter(suffering);
  return [
    wrong.length > 0 && `${wrong.length} wrong answers (${inWords(wrong)}), as ${JSON.stringify(wrong.slice(0, 3))}`,
    !workload.outcomes.some((outcome) => outcome.at >= endedAt && isGood(outcome)) && "no good answer after it",
    Object.values(workload.acknowledged).includes(0) && `too little work: ${JSON.stringify(workload.acknowledged)}`,
    mercy.failsNobody && retriesOfTaken > 0 && `${retriesOfTaken} reads were cut off, and asked again by the proxy`,
    mercy.leavesNoneReady && readyMeanwhile > 0 && `${readyMeanwhile} processes called themselves ready meanwhile`,
    !mercy.endsProcesses && processesGone > 0 && `processes that did not come through it: ${processesGone}`,
    wellAgainMs >= WELL_AGAIN_WITHIN_MS - 1000 && `not well again ${wellAgainMs.toFixed(0)} ms later`,
    mercy.endsSessions && sessionsEnded === 0 && "it ended no session",
    mercy.endsSessions && sessionsEnded < sessionsBefore && `outlived: ${sessionsBefore - sessionsEnded} sessions`,
    ...brokenByAudit(audit),
  ].filter((promise) => typeof promise === "string");
}

/** MiB of the larger process, early in the time and late. */
export interface Growth {
  early: number;
  late: number;
}

export interface Soaking extends Pick<Suffering, "workload" | "audit" | "processesGone"> {
  seconds: number;
  /** What the process holds. It says little under a ceiling of the heap, which garbage fills. */
  resident: Growth;
  /** What is in use once garbage is collected. */
  heap: Growth;
}

export function brokenBySoak({ workload, audit, seconds, processesGone, resident, heap }: Soaking): string[] {
  const wrong = workload.outcomes.filter((outcome) => !isGood(outcome));
  const { writes, logouts } = workload.acknowledged;
  return [
    wrong.length > 0 && `${wrong.length} answers were not good: ${inWords(wrong)}`,
    (writes < WRITES_A_SECOND * seconds || logouts === 0) && `too little work: ${writes} writes, ${logouts} log-outs`,
    processesGone > 0 && `processes that did not come through it: ${processesGone}`,
    hasGrown(resident) && `memory grew from ${resident.early} to ${resident.late} MiB`,
    hasGrown(heap) && `the heap in use grew from ${heap.early} to ${heap.late} MiB`,
    ...brokenByAudit(audit),
  ].filter((promise) => typeof promise === "string");
}

/** Whatever is no number is no proof. */
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

/** 401 is what a session gets that was emptied away, and a sign of something else where none was. */
function mayFail({ status }: Outcome, { failsNobody = false, endsSessions = false }: Mercy): boolean {
  return !failsNobody && ([0, 502, 503].includes(status) || (endsSessions && status === 401));
}

function endOf({ at, tookMs }: Outcome): number {
  return at + tookMs;
}

function brokenByAudit({ lost, strangers, loggedOut }: Audit): string[] {
  return [
    ...lost.map((write) => `lost: ${write}`),
    ...strangers,
    ...loggedOut.map((session) => `logged out: ${session}`),
  ];
}
