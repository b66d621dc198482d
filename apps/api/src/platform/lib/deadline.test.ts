import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { withDeadline, withinDeadline } from "./deadline.ts";

/** Returns the time that a store call would be given now; the call itself takes `takesMs`. */
function ask(otherwiseMs: number, takesMs = 0): Promise<number> {
  return withinDeadline(otherwiseMs, async (patienceMs) => {
    await sleep(takesMs);
    return patienceMs;
  });
}

describe("a deadline", () => {
  it("is what was asked for outside of any request, each time anew", async () => {
    expect(await ask(500, 20)).toBe(500);
    expect(await ask(500)).toBe(500);
  });

  it("is shared by everything that is asked of a store, and runs out", async () => {
    await withDeadline(60, async () => {
      expect(await ask(500, 30)).toBe(60);
      const left = await ask(500, 60);
      expect(left).toBeGreaterThan(5);
      expect(left).toBeLessThan(35);
      expect(await ask(500)).toBe(0);
    });
  });

  it("counts time once in which several are asked at once", async () => {
    await withDeadline(100, async () => {
      await Promise.all([ask(500, 30), ask(500, 30), ask(500, 30)]);
      expect(await ask(500)).toBeGreaterThan(40);
    });
  });

  it("goes on where a store fails", async () => {
    await withDeadline(60, async () => {
      await withinDeadline(500, () => sleep(30).then(() => Promise.reject(new Error("no")))).catch(() => {});
      expect(await ask(500)).toBeLessThan(35);
    });
  });

  it("is not used up by a slow hash or a slow body", async () => {
    await withDeadline(60, async () => {
      await sleep(100);
      expect(await ask(500)).toBe(60);
    });
  });

  it("is each request's own", async () => {
    const left = await Promise.all([withDeadline(1000, () => ask(0, 5)), withDeadline(50, () => ask(0, 5))]);
    expect(left).toEqual([1000, 50]);
  });
});
