import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { timeLeft, withDeadline } from "./deadline.ts";

describe("a deadline", () => {
  it("is what was asked for outside of any request", () => {
    expect(timeLeft(500)).toBe(500);
  });

  it("is shared by everything that the work does, and runs out", async () => {
    await withDeadline(60, async () => {
      const atFirst = timeLeft(500);
      expect(atFirst).toBeGreaterThan(20);
      expect(atFirst).toBeLessThanOrEqual(60);
      await sleep(30);
      expect(timeLeft(500)).toBeLessThan(atFirst);
      await sleep(60);
      expect(timeLeft(500)).toBe(0);
    });
  });

  it("is each request's own", async () => {
    const leftAfterAMoment = async () => {
      await sleep(5);
      return timeLeft(0);
    };
    const left = await Promise.all([withDeadline(1000, leftAfterAMoment), withDeadline(50, leftAfterAMoment)]);
    expect(left[0]).toBeGreaterThan(500);
    expect(left[1]).toBeLessThan(50);
    expect(timeLeft(7)).toBe(7);
  });
});
