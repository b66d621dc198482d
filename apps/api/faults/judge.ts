import type { Audit, Ledger, Outcome } from "../test/ledger.ts";

/** A process gives a store that came back its turn within this time, and a second of it is to spare. */
export const WELL_AGAIN_WITHIN_MS = 5000;
/** Of the soak, all sellers together: far below what a slow machine does, far above a shop that is stuck. */
const WRITES_A_SECOND = 2;
const MOST_GROWTH = 1.15;

/** What people may see of a fault, beside 502 and 503 while it lasts. */
export interface Mercy {
  /** Whoever is logged in may find themselves logged out, and nobody else than themselves. */
  endsSessions?: boolean;
  /** No request may fail, not even by the proxy's own word, nor be asked again where a process had taken it. */
  failsNobody?: boolean;
}

/** What came of a fault. */
export interface Suffering {
  ledger: Pick<Ledger, "outcomes" | "acknowledged">;
  begunAt: number;
  endedAt: number;
  audit: Audit;
  /** Reads that a process had taken and not answered: the proxy has asked them again. */
  retriesOfTaken: number;
}

/** 412 is what somebody gets whose own other tab was quicker. */
export function isGood({ status }: Pick<Outcome, "status">): boolean {
  return (status >= 200 && status < 300) || status === 412;
}

/** How long after the end of a fault the last answer came that was not well. */
export function wellAgainAfter({ ledger, endedAt }: Suffering, mercy: Mercy): number {
  const lastBad = ledger.outcomes.filter((outcome) => outcome.at >= endedAt && !isWell(outcome, mercy)).at(-1);
  return lastBad ? lastBad.at + lastBad.tookMs - endedAt : 0;
}

/** What was promised of a fault and not kept, in words. */
export function brokenBy(suffering: Suffering, mercy: Mercy): string[] {
  const { ledger, endedAt, audit, retriesOfTaken } = suffering;
  const wrong = ledger.outcomes.filter((outcome) => !isWell(outcome, mercy) && !mayFail(outcome, mercy));
  const wellAgainMs = wellAgainAfter(suffering, mercy);
  return [
    wrong.length > 0 && `${wrong.length} wrong answers (${inWords(wrong)}), as ${JSON.stringify(wrong.slice(0, 3))}`,
    !ledger.outcomes.some((outcome) => outcome.at >= endedAt && isGood(outcome)) && "no good answer after it",
    Object.values(ledger.acknowledged).includes(0) && `too little work: ${JSON.stringify(ledger.acknowledged)}`,
    mercy.failsNobody && retriesOfTaken > 0 && `${retriesOfTaken} reads were cut off, and asked again by the proxy`,
    wellAgainMs >= WELL_AGAIN_WITHIN_MS - 1000 && `not well again ${wellAgainMs.toFixed(0)} ms later`,
    ...brokenByAudit(audit),
  ].filter((promise) => typeof promise === "string");
}

/** Memory of the larger process in MiB, early in the time and late. */
export interface Soaking extends Pick<Suffering, "ledger" | "audit"> {
  seconds: number;
  early: number;
  late: number;
}

export function brokenBySoak({ ledger, audit, seconds, early, late }: Soaking): string[] {
  const wrong = ledger.outcomes.filter((outcome) => !isGood(outcome));
  const { writes, logOuts } = ledger.acknowledged;
  return [
    wrong.length > 0 && `${wrong.length} answers were not good: ${inWords(wrong)}`,
    (writes < WRITES_A_SECOND * seconds || logOuts === 0) && `too little work: ${writes} writes, ${logOuts} log-outs`,
    // Whatever is no number is no proof.
    !(late / early <= MOST_GROWTH) && `memory grew from ${early} to ${late} MiB`,
    ...brokenByAudit(audit),
  ].filter((promise) => typeof promise === "string");
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
function isWell(outcome: Outcome, { endsSessions = false }: Mercy): boolean {
  return isGood(outcome) || (endsSessions && outcome.status === 401);
}

function mayFail({ status }: Outcome, { failsNobody = false }: Mercy): boolean {
  return !failsNobody && [0, 502, 503].includes(status);
}

function brokenByAudit({ lost, strangers, loggedOut }: Audit): string[] {
  return [
    ...lost.map((write) => `lost: ${write}`),
    ...strangers,
    ...loggedOut.map((session) => `logged out: ${session}`),
  ];
}
