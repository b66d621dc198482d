import { describe, expect, it } from "vitest";
import type { Outcome } from "../test/ledger.ts";
import { brokenBy, brokenBySoak, type Suffering } from "./judge.ts";

const outcome = (status: number, at = 6000): Outcome => ({ what: "create", at, tookMs: 1, status });
const nothingWrong = { lost: [], strangers: [], loggedOut: [] };
const someWork = { writes: 200, logIns: 10, logOuts: 10 };

function suffering(statuses: number[], changed: Partial<Suffering> = {}): Suffering {
  const outcomes = [...statuses.map((status) => outcome(status, 3000)), outcome(200)];
  const ledger = { outcomes, acknowledged: someWork };
  return { ledger, begunAt: 2000, endedAt: 5000, audit: nothingWrong, retriesOfTaken: 0, ...changed };
}

describe("a fault", () => {
  it("may fail requests while it lasts, by words that say so", () => {
    expect(brokenBy(suffering([200, 201, 204, 412, 502, 503, 0]), {})).toEqual([]);
  });

  it.each([500, 401, 403, 404, 429])("breaks a promise by a %i", (status) => {
    expect(brokenBy(suffering([status]), {})).toEqual([expect.stringContaining(`1 ${status}`)]);
  });

  it("may log people out where it ends sessions, and only there", () => {
    expect(brokenBy(suffering([401]), { endsSessions: true })).toEqual([]);
  });

  it.each([0, 502, 503])("that fails nobody breaks it by a %i", (status) => {
    expect(brokenBy(suffering([status]), { failsNobody: true })).toHaveLength(1);
  });

  it("that fails nobody cuts no read off, though the proxy asks again", () => {
    expect(brokenBy(suffering([], { retriesOfTaken: 1 }), {})).toEqual([]);
    expect(brokenBy(suffering([], { retriesOfTaken: 1 }), { failsNobody: true })).toHaveLength(1);
  });

  it("has to be over soon, with good answers after it and work done", () => {
    const late = { outcomes: [outcome(200), outcome(503, 9500)], acknowledged: someWork };
    expect(brokenBy(suffering([], { ledger: late }), {})).toEqual(["not well again 4501 ms later"]);
    expect(brokenBy(suffering([], { endedAt: 7000 }), {})).toEqual(["no good answer after it"]);
    const idle = { outcomes: [outcome(200)], acknowledged: { ...someWork, logOuts: 0 } };
    expect(brokenBy(suffering([], { ledger: idle }), {})).toEqual([expect.stringContaining("too little work")]);
  });

  it("breaks one by each thing that the audit finds", () => {
    const audit = { lost: ["a"], strangers: ["b"], loggedOut: ["c"] };
    expect(brokenBy(suffering([], { audit }), {})).toEqual(["lost: a", "b", "logged out: c"]);
  });
});

describe("the soak", () => {
  const soaking = { ...suffering([]), seconds: 60, early: 100, late: 114 };

  it("holds with good answers, work done and memory that stays", () => {
    expect(brokenBySoak(soaking)).toEqual([]);
  });

  it.each([500, 401, 502, 503, 0])("breaks a promise by a %i", (status) => {
    expect(brokenBySoak({ ...soaking, ...suffering([status]) })).toHaveLength(1);
  });

  it("is none when nearly nothing was done", () => {
    const ledger = { outcomes: [outcome(200)], acknowledged: { ...someWork, writes: 10 } };
    expect(brokenBySoak({ ...soaking, ledger })).toHaveLength(1);
  });

  it.each([116, Number.NaN])("breaks one when memory went from 100 to %d", (late) => {
    expect(brokenBySoak({ ...soaking, late })).toHaveLength(1);
  });
});
