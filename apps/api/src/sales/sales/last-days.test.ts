import { describe, expect, it } from "vitest";
import { lastDays } from "./last-days.ts";

const daysOf = (zone: string, now: string, count = 2) =>
  lastDays({ zone, now: Date.parse(now), count }).map(({ date, startsAt }) => [date, new Date(startsAt).toISOString()]);

describe("the last days of a time zone", () => {
  for (const [zone, now, days] of [
    ["UTC", "2026-11-30T00:00:00Z", [["2026-11-30", "2026-11-30T00:00:00.000Z"]]],
    ["Pacific/Kiritimati", "2026-11-30T10:00:00Z", [["2026-12-01", "2026-11-30T10:00:00.000Z"]]],
    ["Pacific/Pago_Pago", "2026-11-30T10:59:00Z", [["2026-11-29", "2026-11-29T11:00:00.000Z"]]],
    ["-23:45", "2026-11-30T23:50:00Z", [["2026-11-30", "2026-11-30T23:45:00.000Z"]]],
    ["Asia/Kathmandu", "2026-11-30T12:00:00Z", [["2026-11-30", "2026-11-29T18:15:00.000Z"]]],
  ] as const) {
    it(`begin at midnight in ${zone}`, () => expect(daysOf(zone, now, 1)).toEqual(days));
  }

  it("have 23 and 25 hours where the clocks change", () => {
    expect(daysOf("Europe/Berlin", "2026-03-30T12:00:00Z")).toEqual([
      ["2026-03-29", "2026-03-28T23:00:00.000Z"],
      ["2026-03-30", "2026-03-29T22:00:00.000Z"],
    ]);
    expect(daysOf("Europe/Berlin", "2026-10-26T12:00:00Z")).toEqual([
      ["2026-10-25", "2026-10-24T22:00:00.000Z"],
      ["2026-10-26", "2026-10-25T23:00:00.000Z"],
    ]);
  });

  it("begin at their first moment where midnight is skipped", () => {
    expect(daysOf("Africa/Cairo", "2026-04-24T12:00:00Z", 1)).toEqual([["2026-04-24", "2026-04-23T22:00:00.000Z"]]);
  });
});
