import { describe, expect, it } from "vitest";
import { createSemaphore, type Party, type Semaphore, SemaphoreFull } from "./semaphore.ts";

/** “a” is a party alone in its group, “a/x” one of several. */
function partyOf(name: string): Party {
  return { group: name.split("/")[0] ?? name, member: name };
}

/** Runs work of parties named by a letter until it is told to end. */
function stage({ width = 1, queueLength = 64 } = {}) {
  let time = 0;
  const semaphore: Semaphore = createSemaphore({ width, queueLength, now: () => time });
  const running: { name: string; end(): void }[] = [];
  const begun: string[] = [];
  const refused: string[] = [];
  function bring(party: string, count = 1): void {
    for (let number = 1; number <= count; number += 1) {
      const name = `${party}${number}`;
      const work = () =>
        new Promise<void>((end) => {
          begun.push(name);
          running.push({ name, end });
        });
      semaphore.run(partyOf(party), work).catch((error) => {
        expect(error).toBeInstanceOf(SemaphoreFull);
        refused.push(name);
      });
    }
  }
  async function endOne(): Promise<void> {
    running.shift()?.end();
    await settled();
  }
  const wait = (milliseconds: number) => {
    time += milliseconds;
  };
  return { semaphore, bring, begun, refused, endOne, running, wait };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

async function orderOf({ begun, endOne, running }: ReturnType<typeof stage>): Promise<string> {
  await settled();
  while (running.length > 0) await endOne();
  return begun.join(" ");
}

describe("R57: who waits takes turns", () => {
  it("R57: between parties, and of each the first comes first", async () => {
    const at = stage();
    at.bring("a", 5);
    at.bring("b", 3);
    at.bring("c", 1);
    expect(await orderOf(at)).toBe("a1 a2 b1 c1 a3 b2 a4 b3 a5");
  });

  it("R57: whoever comes later waits for one turn of each of the others, however much they have brought", async () => {
    const at = stage();
    at.bring("a", 30);
    at.bring("b", 30);
    await settled();
    at.bring("late");
    await at.endOne();
    await at.endOne();
    await at.endOne();
    expect(at.begun).toEqual(["a1", "a2", "b1", "late1"]);
  });

  it("R57: as many at once as there are places and never more", async () => {
    const at = stage({ width: 3 });
    at.bring("a", 4);
    await settled();
    expect(at.begun).toEqual(["a1", "a2", "a3"]);
    await at.endOne();
    expect(at.running).toHaveLength(3);
    expect(await orderOf(at)).toBe("a1 a2 a3 a4");
  });

  it("R57: while others come, one party leaves a place for them, and for a minute after the last", async () => {
    const at = stage({ width: 3 });
    at.bring("b");
    at.bring("a", 3);
    await settled();
    expect(at.begun).toEqual(["b1", "a1", "a2"]);
    await at.endOne();
    at.wait(59_999);
    at.bring("a");
    await settled();
    expect(at.running).toHaveLength(2);
    at.wait(1);
    at.bring("a");
    await settled();
    expect(at.running).toHaveLength(3);
    expect(await orderOf(at)).toBe("b1 a1 a2 a3 a1 a1");
  });

  it("R57: a free place is for whoever may have it, though others wait", async () => {
    const at = stage({ width: 2, queueLength: 1 });
    at.bring("b", 1);
    await at.endOne();
    at.bring("a", 2);
    at.semaphore.assertCapacity(partyOf("b"));
    at.bring("b");
    await settled();
    expect(at.begun).toEqual(["b1", "a1", "b1"]);
    expect(await orderOf(at)).toBe("b1 a1 b1 a2");
    expect(at.refused).toEqual([]);
  });

  it("R57: of a group each member takes turns, and all of them together no more than another group", async () => {
    const at = stage();
    for (const member of ["a/x", "a/y", "a/z"]) at.bring(member, 2);
    at.bring("b", 3);
    expect(await orderOf(at)).toBe("a/x1 a/x2 b1 a/y1 b2 a/z1 b3 a/y2 a/z2");
  });

  it("R57: however many members fill the queue, somebody of another group has a place, and somebody of their own", async () => {
    const at = stage({ queueLength: 3 });
    at.bring("a/w");
    for (const member of ["a/x", "a/y", "a/z"]) at.bring(member);
    at.bring("b");
    await settled();
    expect(at.refused).toEqual(["a/x1"]);
    const sameGroup = stage({ queueLength: 3 });
    sameGroup.bring("a/x", 4);
    sameGroup.bring("a/y");
    await settled();
    expect(sameGroup.refused).toEqual(["a/x4"]);
    expect(await orderOf(sameGroup)).toBe("a/x1 a/x2 a/y1 a/x3");
  });

  it("R57: when all places are taken, the newest of whoever has most makes way, and is told so", async () => {
    const at = stage({ queueLength: 4 });
    at.bring("a", 5);
    at.semaphore.assertCapacity(partyOf("b"));
    at.bring("b", 2);
    await settled();
    expect(at.refused).toEqual(["a5", "a4"]);
    expect(await orderOf(at)).toBe("a1 a2 b1 a3 b2");
  });

  it("R57: whoever has most, or would then, is refused themselves", async () => {
    const at = stage({ queueLength: 4 });
    at.bring("a", 3);
    at.bring("b", 2);
    expect(() => at.semaphore.assertCapacity(partyOf("a"))).toThrow(SemaphoreFull);
    expect(() => at.semaphore.assertCapacity(partyOf("b"))).toThrow(SemaphoreFull);
    at.bring("a");
    at.bring("b");
    await settled();
    expect(at.refused).toEqual(["a1", "b1"]);
    // One each: every party has at most as much as a newcomer would have.
    const even = stage({ queueLength: 2 });
    for (const party of ["a", "b", "c", "d"]) even.bring(party);
    await settled();
    expect(even.refused).toEqual(["d1"]);
  });

  it("R57: once all is done there is room again, also after what failed", async () => {
    const at = stage({ queueLength: 1 });
    await expect(at.semaphore.run(partyOf("a"), () => Promise.reject(new Error("out of memory")))).rejects.toThrow(
      "memory",
    );
    at.bring("a", 3);
    expect(await orderOf(at)).toBe("a1 a2");
    expect(at.refused).toEqual(["a3"]);
    at.bring("a");
    at.semaphore.assertCapacity(partyOf("a"));
  });
});
