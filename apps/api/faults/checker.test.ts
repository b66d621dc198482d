import { describe, expect, it } from "vitest";
import type { Outcome } from "../test/workload.ts";
import { duringFault, type FaultRun, recoveryTimeOf, soakViolationsOf, violationsOf } from "./checker.ts";

const outcome = (status: number, at = 6000, tookMs = 1): Outcome => ({ what: "create", at, tookMs, status });
const nothingWrong = { lost: [], strangers: [], loggedOut: [] };
const someWork = { writes: 200, logins: 10, logouts: 10 };

function faultRun(statuses: number[], changed: Partial<FaultRun> = {}): FaultRun {
  const outcomes = [...statuses.map((status) => outcome(status, 3000)), outcome(200)];
  const workload = { outcomes, acknowledged: someWork };
  return {
    workload,
    begunAt: 2000,
    endedAt: 5000,
    audit: nothingWrong,
    sessionsBefore: 5,
    sessionsEnded: 0,
    retriesOfTaken: 0,
    readyMeanwhile: 0,
    processesGone: 0,
    ...changed,
  };
}

describe("a fault", () => {
  it("may fail requests while it lasts, by words that say so", () => {
    expect(violationsOf(faultRun([200, 201, 204, 412, 502, 503, 0]), {})).toEqual([]);
  });

  it.each([500, 401, 403, 404, 429])("breaks a promise by a %i", (status) => {
    expect(violationsOf(faultRun([status]), {})).toEqual([expect.stringContaining(`1 ${status}`)]);
  });

  const loggedOut = { audit: { ...nothingWrong, loggedOut: ["c"] }, sessionsEnded: 5 };

  it("may log people out where it ends sessions, and only there", () => {
    expect(violationsOf(faultRun([401], loggedOut), { endsSessions: true })).toEqual([]);
    expect(violationsOf(faultRun([], loggedOut), {})).toEqual(["logged out: c"]);
  });

  it("has to end each session where it ends them", () => {
    const outlived = faultRun([], { ...loggedOut, sessionsEnded: 4 });
    expect(violationsOf(outlived, { endsSessions: true })).toEqual(["outlived: 1 sessions"]);
    const nobodyThere = faultRun([], { sessionsBefore: 0 });
    expect(violationsOf(nobodyThere, { endsSessions: true })).toEqual(["it ended no session"]);
  });

  it.each([0, 502, 503])("that fails nobody breaks it by a %i", (status) => {
    expect(violationsOf(faultRun([status]), { failsNoRequest: true })).toHaveLength(1);
  });

  it("that fails nobody cuts no read off, though the proxy asks again", () => {
    expect(violationsOf(faultRun([], { retriesOfTaken: 1 }), {})).toEqual([]);
    expect(violationsOf(faultRun([], { retriesOfTaken: 1 }), { failsNoRequest: true })).toHaveLength(1);
  });

  it("has to be over soon, with good answers after it and work done", () => {
    const late = { outcomes: [outcome(200), outcome(503, 9500)], acknowledged: someWork };
    expect(violationsOf(faultRun([], { workload: late }), {})).toEqual(["not well again 4501 ms later"]);
    expect(violationsOf(faultRun([], { endedAt: 7000 }), {})).toEqual(["no good answer after it"]);
    const idle = { outcomes: [outcome(200)], acknowledged: { ...someWork, logouts: 0 } };
    expect(violationsOf(faultRun([], { workload: idle }), {})).toEqual([expect.stringContaining("too little work")]);
  });

  /** The fault lasts from 2000 to 5000. */
  function faultRunOf(...outcomes: Outcome[]): FaultRun {
    return faultRun([], { workload: { outcomes: [...outcomes, outcome(200)], acknowledged: someWork } });
  }

  const hung = [
    ["begun before it and ended in it", outcome(503, 1900, 1000), 0],
    ["begun before it and ended after it", outcome(503, 1900, 3500), 400],
    ["begun in it and ended after it", outcome(503, 4900, 2000), 1900],
  ] as const;

  it.each(hung)("has hit a request %s: it counts, may fail, and all is well again at its end", (_, hit, recoveryMs) => {
    const run = faultRunOf(hit);
    expect(duringFault(run)).toEqual([hit]);
    expect(violationsOf(run, {})).toEqual([]);
    expect(recoveryTimeOf(run)).toBe(recoveryMs);
  });

  it("has not hit a request that ended before it or began after it", () => {
    expect(duringFault(faultRunOf(outcome(200, 1000, 999), outcome(200, 5000)))).toEqual([]);
  });

  it("is over at the end of the bad answer that came last, though one that began later came first", () => {
    expect(recoveryTimeOf(faultRunOf(outcome(503, 5100, 10), outcome(503, 4000, 3000)))).toBe(2000);
  });

  it("is not over soon when what it hit hangs for long, whenever that began", () => {
    expect(violationsOf(faultRunOf(outcome(503, 1900, 7200)), {})).toEqual(["not well again 4100 ms later"]);
  });

  it.each([0, 401, 502, 503])("does not excuse a %i in the calm before it", (status) => {
    const early = faultRunOf(outcome(status, 1000, 900));
    expect(violationsOf({ ...early, ...loggedOut }, { endsSessions: true })).toEqual([
      expect.stringContaining("1 wrong answers"),
    ]);
    expect(recoveryTimeOf(early)).toBe(0);
  });

  it("lets people in again soon where it has ended their sessions", () => {
    const shutOut = faultRunOf(outcome(401, 9500));
    expect(violationsOf({ ...shutOut, ...loggedOut }, { endsSessions: true })).toEqual([
      "not well again 4501 ms later",
    ]);
  });

  it("breaks one where a process that can't reach its store calls itself ready", () => {
    expect(violationsOf(faultRun([], { readyMeanwhile: 1 }), { leavesNoneReady: true })).toHaveLength(1);
    expect(violationsOf(faultRun([], { readyMeanwhile: 1 }), {})).toEqual([]);
  });

  it("breaks one where a process did not come through it, and was not meant to end", () => {
    expect(violationsOf(faultRun([], { processesGone: 1 }), {})).toEqual(["processes that did not come through it: 1"]);
    expect(violationsOf(faultRun([], { processesGone: 2 }), { endsProcesses: true })).toEqual([]);
  });

  it("breaks one by each thing that the audit finds", () => {
    const audit = { lost: ["a"], strangers: ["b"], loggedOut: ["c"] };
    expect(violationsOf(faultRun([], { audit }), {})).toEqual(["lost: a", "b", "logged out: c"]);
  });
});

describe("the soak", () => {
  const flat = { early: 100, late: 114 };
  const soakRun = { ...faultRun([]), seconds: 60, resident: flat, heap: flat };

  it("holds with good answers, work done and memory that stays", () => {
    expect(soakViolationsOf(soakRun)).toEqual([]);
  });

  it.each([500, 401, 502, 503, 0])("breaks a promise by a %i", (status) => {
    expect(soakViolationsOf({ ...soakRun, ...faultRun([status]) })).toHaveLength(1);
  });

  it("is none when nearly nothing was done", () => {
    const workload = { outcomes: [outcome(200)], acknowledged: { ...someWork, writes: 10 } };
    expect(soakViolationsOf({ ...soakRun, workload })).toHaveLength(1);
  });

  it.each([116, Number.NaN])("breaks one when memory went from 100 to %d", (late) => {
    expect(soakViolationsOf({ ...soakRun, resident: { early: 100, late } })).toHaveLength(1);
    expect(soakViolationsOf({ ...soakRun, heap: { early: 100, late } })).toHaveLength(1);
  });

  it("breaks one where a process was started anew", () => {
    expect(soakViolationsOf({ ...soakRun, processesGone: 1 })).toHaveLength(1);
  });
});
