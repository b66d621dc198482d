import { availableParallelism } from "node:os";
import bcrypt from "bcrypt";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createPasswordHasher, HashQueueFull } from "./password-hasher.ts";

const CHEAP = 4;
const PEPPER = { id: "now", secret: "the pepper of today, long enough for anybody" };
const FORMER = { id: "then", secret: "the pepper of yesterday, long enough for anybody" };

function hasherWith(options: Partial<Parameters<typeof createPasswordHasher>[0]> = {}) {
  return createPasswordHasher({ cost: CHEAP, peppers: [PEPPER], queueLength: 64, ...options }).forParty({
    group: "a block",
    member: "an address",
  });
}

/** Hashes `right` and verifies `typed` against it. */
async function accepts({ right, typed }: { right: string; typed: string }): Promise<boolean> {
  const hasher = hasherWith();
  return (await hasher.verify(typed, await hasher.hash(right))).isRight;
}

describe("R46: a password counts exactly as it was typed", () => {
  const seventyTwo = "x".repeat(72);

  it.each([
    ["in its 73rd character", `${seventyTwo}a`, `${seventyTwo}b`],
    ["in its 128th character", `${"x".repeat(127)}a`, `${"x".repeat(127)}b`],
    ["by being cut after 72 characters", `${seventyTwo}a`, seventyTwo],
    ["in case", "plum jam on the windowsill", "Plum jam on the windowsill"],
    ["by a blank behind it", "plum jam on the windowsill", "plum jam on the windowsill "],
    ["by a blank in front of it", "plum jam on the windowsill", " plum jam on the windowsill"],
    ["after a NUL", "plum jam\0on the windowsill", "plum jam\0in the cellar"],
    ["by what follows a NUL", "plum jam", "plum jam\0"],
    ["in an accent", "resume of a long year", "resumé of a long year"],
  ])("R46: one that differs %s is refused", async (_, right, typed) => {
    expect(await accepts({ right, typed: right })).toBe(true);
    expect(await accepts({ right, typed })).toBe(false);
  });

  it("R46: one that is the same after NFKC is accepted, whichever keyboard it was typed on", async () => {
    expect(await accepts({ right: "Ångström ﬁsh ２４", typed: "A\u030angstro\u0308m fish 24" })).toBe(true);
  });

  it("R45: what is far too long to be a password is not normalised, and hashes go on", async () => {
    const hasher = hasherWith();
    const bomb = `a${"\u0301".repeat(25_000)}${"\u0323".repeat(25_000)}`;
    const stored = await hasher.hash("plum jam on the windowsill");
    await expect(hasher.hash(bomb)).rejects.toThrow(RangeError);
    await expect(hasher.verify(bomb, stored)).rejects.toThrow(RangeError);
    expect((await hasher.verify("plum jam on the windowsill", stored)).isRight).toBe(true);
  });

  it("R46: one of four-byte characters counts in each of them", async () => {
    const right = "🦊".repeat(40);
    expect(await accepts({ right, typed: right })).toBe(true);
    expect(await accepts({ right, typed: `${"🦊".repeat(39)}🐻` })).toBe(false);
  });
});

describe("R49: hashes that can be told apart and made stronger", () => {
  it("R49: a hash names its version, its pepper and bcrypt's cost, and holds nothing of the password", async () => {
    const stored = await hasherWith().hash("plum jam on the windowsill");
    expect(stored).toMatch(/^y1:now:\$2[ab]\$04\$[./A-Za-z0-9]{53}$/);
    expect(stored).not.toContain("plum");
  });

  it("R49: two hashes of one password are different", async () => {
    const hasher = hasherWith();
    expect(await hasher.hash("plum jam on the windowsill")).not.toBe(await hasher.hash("plum jam on the windowsill"));
  });

  it("R49: a hash of today's cost and pepper is up to date", async () => {
    const hasher = hasherWith();
    const stored = await hasher.hash("plum jam on the windowsill");
    expect(await hasher.verify("plum jam on the windowsill", stored)).toEqual({ isRight: true, isOutdated: false });
  });

  it("R49: a hash that was stored before this was last changed stays good", async () => {
    const stored = "y1:now:$2b$04$3queqyeUxQCd6CdbvUOtTeREhyX3ZWg/pd7WYhxC7qlIFk0AUKoMG";
    expect((await hasherWith().verify("plum jam on the windowsill", stored)).isRight).toBe(true);
  });

  it("R49: after the cost was raised, an old hash still verifies and is said to be outdated", async () => {
    const stored = await hasherWith({ cost: CHEAP }).hash("plum jam on the windowsill");
    const raised = hasherWith({ cost: CHEAP + 1 });
    expect(await raised.verify("plum jam on the windowsill", stored)).toEqual({ isRight: true, isOutdated: true });
    expect(bcrypt.getRounds((await raised.hash("anything at all")).split(":")[2] ?? "")).toBe(CHEAP + 1);
  });

  it("R49: under a new pepper, a hash of the former one still verifies and is said to be outdated", async () => {
    const stored = await hasherWith({ peppers: [FORMER] }).hash("plum jam on the windowsill");
    const rotated = hasherWith({ peppers: [PEPPER, FORMER] });
    expect(await rotated.verify("plum jam on the windowsill", stored)).toEqual({ isRight: true, isOutdated: true });
    expect(await rotated.hash("plum jam on the windowsill")).toMatch(/^y1:now:/);
  });

  it("R49: a wrong password is never called outdated: nobody may hash it again", async () => {
    const stored = await hasherWith({ cost: CHEAP + 1 }).hash("plum jam on the windowsill");
    expect(await hasherWith().verify("something else", stored)).toEqual({ isRight: false, isOutdated: false });
  });

  it("R49: the pepper is part of the hash: without it the right password is refused", async () => {
    const stored = await hasherWith().hash("plum jam on the windowsill");
    const impostor = hasherWith({ peppers: [{ id: PEPPER.id, secret: "another secret under the same name" }] });
    expect((await impostor.verify("plum jam on the windowsill", stored)).isRight).toBe(false);
  });

  it.each(["", "y1", "y1:now", "y2:now:$2b$04$abc", "y1:gone:$2b$04$abc", "$2b$04$abcdefghijklmnopqrstuv"])(
    "a stored hash that is none of ours (%j) fits no password",
    async (stored) => {
      expect((await hasherWith().verify("nobody has this password", stored)).isRight).toBe(false);
    },
  );

  it.each([
    ["of another version", "y1:", "y2:"],
    ["of a pepper that is gone", ":now:", ":gone:"],
  ])("a hash %s fits no password, not even its own", async (_, was, becomes) => {
    const hasher = hasherWith();
    const stored = (await hasher.hash("plum jam on the windowsill")).replace(was, becomes);
    expect((await hasher.verify("plum jam on the windowsill", stored)).isRight).toBe(false);
  });

  it("a hasher without a pepper can't be made", () => {
    expect(() => hasherWith({ peppers: [] })).toThrow("needs a pepper");
  });
});

describe("R12: an unknown account costs as much as a known one", () => {
  afterEach(() => vi.restoreAllMocks());

  it("R12: one comparison with a hash of today's cost is made, and no more", async () => {
    const hasher = hasherWith({ cost: 5 });
    const known = await hasher.hash("plum jam on the windowsill");
    const compare = vi.spyOn(bcrypt, "compare");
    const hash = vi.spyOn(bcrypt, "hash");
    await hasher.verify("something else", known);
    await hasher.verify("something else", null);
    expect(hash).not.toHaveBeenCalled();
    expect(compare.mock.calls.map(([, against]) => bcrypt.getRounds(against))).toEqual([5, 5]);
  });

  it("R12: the decoy's own password opens nothing", async () => {
    expect(await hasherWith().verify("nobody has this password", null)).toEqual({ isRight: false, isOutdated: false });
  });

  it("R12: the time taken tells nothing", async () => {
    const hasher = hasherWith({ cost: 8 });
    const known = await hasher.hash("plum jam on the windowsill");
    await hasher.verify("warm up", null);
    const times = { known: [] as number[], unknown: [] as number[] };
    for (let round = 0; round < 9; round += 1) {
      times.known.push(await timeOf(() => hasher.verify("something else", known)));
      times.unknown.push(await timeOf(() => hasher.verify("something else", null)));
    }
    const ratio = Math.min(...times.unknown) / Math.min(...times.known);
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.7);
  });
});

describe("R57: hashing has a bounded queue", () => {
  afterEach(() => vi.restoreAllMocks());

  it("R57: exactly as many are taken as may run and wait, one after the other, and whoever asks first is told", async () => {
    const hasher = hasherWith({ queueLength: 2 });
    const running: (() => void)[] = [];
    const hash = vi.spyOn(bcrypt, "hash");
    hash.mockImplementation(() => new Promise<string>((resolve) => running.push(() => resolve("a hash"))));
    const atOnce = Math.min(availableParallelism(), 3);
    const taken = Array.from({ length: atOnce + 2 }, () => {
      hasher.assertCapacity();
      return hasher.hash("plum jam");
    });
    expect(running).toHaveLength(atOnce);
    expect(() => hasher.assertCapacity()).toThrow(HashQueueFull);
    await expect(hasher.hash("plum jam")).rejects.toThrow(HashQueueFull);

    running[0]?.();
    await vi.waitFor(() => expect(running).toHaveLength(atOnce + 1));
    hasher.assertCapacity();
    running[1]?.();
    await vi.waitFor(() => expect(running).toHaveLength(atOnce + 2));
    for (const end of running) end();
    expect(await Promise.all(taken)).toEqual(taken.map(() => "y1:now:a hash"));
  });

  it("R57: what comes on top of a full queue is refused at once, and the rest is done", async () => {
    const hasher = hasherWith({ cost: 6, queueLength: 3 });
    const results = await Promise.allSettled(Array.from({ length: 200 }, () => hasher.hash("plum jam")));
    const refused = results.filter(({ status }) => status === "rejected");
    expect(refused.length).toBeGreaterThan(100);
    expect(results.filter(({ status }) => status === "fulfilled").length).toBeGreaterThanOrEqual(4);
    for (const result of refused) expect((result as PromiseRejectedResult).reason).toBeInstanceOf(HashQueueFull);
  });

  it("R57: once the queue has emptied there is room again, also after hashes that failed", async () => {
    const hasher = hasherWith({ queueLength: 0 });
    const compare = vi.spyOn(bcrypt, "compare").mockImplementation(() => Promise.reject(new Error("out of memory")));
    for (let tries = 0; tries < 50; tries += 1) await hasher.verify("plum jam", null).catch(() => {});
    compare.mockRestore();
    expect((await hasher.verify("plum jam", await hasher.hash("plum jam"))).isRight).toBe(true);
  });
});

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
