import { randomBytes } from "node:crypto";
import { type Clock, createClock, createLogCapture, createTcpFaults, race, type TcpFaults } from "@yumroad/testkit";
import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { redisUrl } from "../../../test/services.ts";
import { allStoreKinds, canRunOn, named, type StoreKind } from "../../../test/store-kinds.ts";
import { createLogger } from "../lib/logger.ts";
import { RedisCircuitBreaker } from "../lib/redis-circuit-breaker.ts";
import { MemoryRateLimiter } from "./memory-rate-limiter.ts";
import type { LimitKey, RateLimiter } from "./rate-limiter.ts";
import { RedisRateLimiter } from "./redis-rate-limiter.ts";

const MINUTE = 60_000;
const prefix = `yumroad-test-${randomBytes(6).toString("hex")}:`;

let faults: TcpFaults | null = null;
let gate: RedisCircuitBreaker | null = null;
beforeAll(async () => {
  if (redisUrl === null) return;
  faults = await createTcpFaults(redisUrl);
  gate = new RedisCircuitBreaker(faults.url, {
    patienceMs: 400,
    logger: createLogger("info", createLogCapture()),
  });
  await gate.untilConnected(2000);
});
afterAll(async () => {
  await gate?.close();
  await faults?.close();
  if (redisUrl === null) return;
  const redis = new Redis(redisUrl);
  const keys = await redis.keys(`${prefix}*`);
  if (keys.length > 0) await redis.del(...keys);
  redis.disconnect();
});

function throttleOn(store: StoreKind, clock: Clock): RateLimiter {
  if (store === "embedded") return new MemoryRateLimiter(clock);
  if (!gate) throw new Error("No Redis is there: this suite should have been skipped");
  return new RedisRateLimiter(gate, { prefix: `${prefix}${randomBytes(4).toString("hex")}:`, clock });
}

describe.each(allStoreKinds)("a throttle", (store) => {
  describe.skipIf(!canRunOn(store))(named("a throttle", store), () => {
    let clock: Clock;
    let rateLimiter: RateLimiter;
    beforeEach(() => {
      clock = createClock("2030-01-01T00:00:00Z");
      rateLimiter = throttleOn(store, clock);
    });

    const limitKey = (key: string, max: number, windowMs = 15 * MINUTE): LimitKey => ({
      key,
      limit: { max, windowMs },
    });
    const isAllowed = async (...limitKeys: LimitKey[]) => (await rateLimiter.consume(limitKeys)).isAllowed;

    it("R54: allows as many as the budget has, and not one more", async () => {
      const taken = [];
      for (let tries = 0; tries < 7; tries += 1) taken.push(await isAllowed(limitKey("a", 5)));
      expect(taken).toEqual([true, true, true, true, true, false, false]);
    });

    it("R54: counts each key by itself", async () => {
      expect(await isAllowed(limitKey("a", 1))).toBe(true);
      expect(await isAllowed(limitKey("b", 1))).toBe(true);
      expect(await isAllowed(limitKey("a", 1))).toBe(false);
    });

    it("R54: of fifty at once, exactly as many get through as the budget has", async () => {
      const results = await race(50, () => rateLimiter.consume([limitKey("a", 7), limitKey("b", 9)]));
      const allowed = results.filter((result) => result.status === "fulfilled" && result.value.isAllowed);
      expect(allowed).toHaveLength(7);
    });

    it("R54: makes all draws or none: a refused attempt costs the other budgets nothing", async () => {
      await rateLimiter.consume([limitKey("narrow", 1)]);
      for (let tries = 0; tries < 10; tries += 1) {
        expect(await isAllowed(limitKey("wide", 3), limitKey("narrow", 1))).toBe(false);
      }
      expect(await isAllowed(limitKey("wide", 3))).toBe(true);
      expect(await isAllowed(limitKey("wide", 3))).toBe(true);
      expect(await isAllowed(limitKey("wide", 3))).toBe(true);
      expect(await isAllowed(limitKey("wide", 3))).toBe(false);
    });

    it("R54: a window opens again by the clock, and a refused attempt does not move its end", async () => {
      await rateLimiter.consume([limitKey("a", 1)]);
      clock.advance("10m");
      expect(await rateLimiter.consume([limitKey("a", 1)])).toEqual({
        isAllowed: false,
        retryAfterMs: 5 * MINUTE,
        spent: ["a"],
      });
      clock.advance(5 * MINUTE - 1);
      expect(await rateLimiter.consume([limitKey("a", 1)])).toEqual({
        isAllowed: false,
        retryAfterMs: 1,
        spent: ["a"],
      });
      clock.advance(1);
      expect(await isAllowed(limitKey("a", 1))).toBe(true);
      expect(await rateLimiter.consume([limitKey("a", 1)])).toEqual({
        isAllowed: false,
        retryAfterMs: 15 * MINUTE,
        spent: ["a"],
      });
    });

    it("R56: says which budgets have nothing left, from the draw on that takes the last", async () => {
      const [wide, narrow] = [limitKey("wide", 3), limitKey("narrow", 2)];
      const spent = async (...limitKeys: LimitKey[]) => (await rateLimiter.consume(limitKeys)).spent;
      expect(await spent(wide, narrow)).toEqual([]);
      expect(await spent(wide, narrow)).toEqual(["narrow"]);
      expect(await spent(wide, narrow)).toEqual(["narrow"]);
      expect(await spent(narrow, wide)).toEqual(["narrow"]);
      expect(await spent(wide)).toEqual(["wide"]);
      expect(await spent(limitKey("only", 1))).toEqual(["only"]);
    });

    it("R54: says when the last of the exhausted budgets opens again", async () => {
      await rateLimiter.consume([limitKey("short", 1, MINUTE), limitKey("long", 1, 60 * MINUTE)]);
      clock.advance("30s");
      expect(await rateLimiter.consume([limitKey("short", 1, MINUTE), limitKey("long", 1, 60 * MINUTE)])).toEqual({
        isAllowed: false,
        retryAfterMs: 59.5 * MINUTE,
        spent: ["short", "long"],
      });
    });

    it("gives one attempt back, and never more than there were", async () => {
      await rateLimiter.consume([limitKey("a", 2)]);
      await rateLimiter.refund([limitKey("a", 2)]);
      await rateLimiter.refund([limitKey("a", 2)]);
      await rateLimiter.refund([limitKey("never", 2)]);
      const taken = [];
      for (let tries = 0; tries < 3; tries += 1) taken.push(await isAllowed(limitKey("a", 2)));
      expect(taken).toEqual([true, true, false]);
    });

    it("R55: forgets what it is told to forget, and nothing else", async () => {
      await rateLimiter.consume([limitKey("mine", 1), limitKey("yours", 1)]);
      await rateLimiter.reset(["mine"]);
      await rateLimiter.reset([]);
      expect(await isAllowed(limitKey("yours", 1))).toBe(false);
      expect(await isAllowed(limitKey("mine", 1))).toBe(true);
    });
  });
});

describe("a throttle in this process", () => {
  it("R54: attempts that were given back push no count out", async () => {
    const rateLimiter = new MemoryRateLimiter(createClock("2030-01-01T00:00:00Z"));
    const victim = { key: "victim", limit: { max: 1, windowMs: MINUTE } };
    await rateLimiter.consume([victim]);
    for (let place = 0; place < 60_000; place += 1) {
      const flood = [{ key: `made up ${place}`, limit: { max: 50, windowMs: 1440 * MINUTE } }];
      await rateLimiter.consume(flood);
      await rateLimiter.refund(flood);
    }
    expect((await rateLimiter.consume([victim])).isAllowed).toBe(false);
  });

  it("when it is full, drops what is over before it drops anything else", async () => {
    const clock = createClock("2030-01-01T00:00:00Z");
    const rateLimiter = new MemoryRateLimiter(clock);
    const windows = (name: string, count: number, windowMs: number) =>
      Array.from({ length: count }, (_, place) => ({ key: `${name} ${place}`, limit: { max: 1, windowMs } }));
    await rateLimiter.consume(windows("over", 10, MINUTE));
    clock.advance(MINUTE);
    const open = windows("open", 50_000, MINUTE);
    await rateLimiter.consume(open);
    for (const limitKey of open.slice(0, 100)) expect((await rateLimiter.consume([limitKey])).isAllowed).toBe(false);
  });

  it("R54: windows that somebody makes by the thousand push out none in which more was tried", async () => {
    const clock = createClock("2030-01-01T00:00:00Z");
    const rateLimiter = new MemoryRateLimiter(clock);
    const tried = { key: "tried", limit: { max: 5, windowMs: 15 * MINUTE } };
    for (let tries = 0; tries < 4; tries += 1) await rateLimiter.consume([tried]);
    const budget = { max: 100, windowMs: 60 * MINUTE };
    for (let place = 0; place < 120_000; place += 1)
      await rateLimiter.consume([{ key: `link ${place}`, limit: budget }]);
    expect([(await rateLimiter.consume([tried])).isAllowed, (await rateLimiter.consume([tried])).isAllowed]).toEqual([
      true,
      false,
    ]);
  });

  it("keeps a bounded number of windows, of which those with the same count go that end first", async () => {
    const clock = createClock("2030-01-01T00:00:00Z");
    const rateLimiter = new MemoryRateLimiter(clock);
    const take = (key: string, windowMs: number) => rateLimiter.consume([{ key, limit: { max: 1, windowMs } }]);
    await take("kept", 60 * MINUTE);
    const many = Array.from({ length: 50_000 }, (_, place) => ({
      key: `attacker ${place}`,
      limit: { max: 1, windowMs: MINUTE + place },
    }));
    await rateLimiter.consume(many);
    expect((await take("kept", 60 * MINUTE)).isAllowed).toBe(false);
    expect((await take("attacker 0", MINUTE)).isAllowed).toBe(true);
  });
});

describe.skipIf(!canRunOn("redis"))(named("R58: a throttle whose Redis fails", "redis"), () => {
  it("R58: counts for itself while Redis is away, never without a limit, and together again afterwards", async () => {
    const clock = createClock("2030-01-01T00:00:00Z");
    const rateLimiter = throttleOn("redis", clock);
    const limitKeys = [{ key: "a", limit: { max: 3, windowMs: 15 * MINUTE } }];
    const take = async () => (await rateLimiter.consume(limitKeys)).isAllowed;
    expect(await take()).toBe(true);

    await faults?.kill();
    expect([await take(), await take(), await take(), await take()]).toEqual([true, true, true, false]);
    await rateLimiter.refund(limitKeys);
    expect([await take(), await take()]).toEqual([true, false]);
    await rateLimiter.reset(["a"]);
    expect(await take()).toBe(true);

    await faults?.restore();
    await expect.poll(() => gate?.redis.status, { timeout: 5000 }).toBe("ready");
    expect([await take(), await take(), await take()]).toEqual([true, true, false]);
  });

  it("R58: a Redis that stalls holds nobody up for long, and no limit is lost", async () => {
    const rateLimiter = throttleOn("redis", createClock("2030-01-01T00:00:00Z"));
    const limitKeys = [{ key: "a", limit: { max: 2, windowMs: 15 * MINUTE } }];
    faults?.stall();
    const start = performance.now();
    const results = [
      await rateLimiter.consume(limitKeys),
      await rateLimiter.consume(limitKeys),
      await rateLimiter.consume(limitKeys),
    ];
    expect(results.map((result) => result.isAllowed)).toEqual([true, true, false]);
    expect(performance.now() - start).toBeLessThan(900);
    await faults?.restore();
    await expect.poll(() => gate?.run((redis) => redis.ping()).catch(() => "no"), { timeout: 8000 }).toBe("PONG");
  });

  it("R58: a fault of another kind is not taken for a Redis that is away", async () => {
    if (!gate) throw new Error("No Redis is there: this suite should have been skipped");
    const own = `${prefix}${randomBytes(4).toString("hex")}:`;
    const rateLimiter = new RedisRateLimiter(gate, { prefix: own, clock: createClock("2030-01-01T00:00:00Z") });
    await gate.redis.set(`${own}throttle:spoilt`, "no window");
    const limitKeys = [{ key: "spoilt", limit: { max: 2, windowMs: 15 * MINUTE } }];
    await expect(rateLimiter.consume(limitKeys)).rejects.toThrow("WRONGTYPE");
    await expect(rateLimiter.refund(limitKeys)).rejects.toThrow("WRONGTYPE");
  });

  it("R54: what was given back leaves nothing behind", async () => {
    const rateLimiter = throttleOn("redis", createClock("2030-01-01T00:00:00Z"));
    const limitKeys = [{ key: "given back", limit: { max: 2, windowMs: 15 * MINUTE } }];
    await rateLimiter.consume(limitKeys);
    await rateLimiter.refund(limitKeys);
    await rateLimiter.refund(limitKeys);
    expect(await gate?.redis.keys(`${prefix}*throttle:given back`)).toEqual([]);
  });

  it("counts in Redis end by themselves with their window", async () => {
    const rateLimiter = throttleOn("redis", createClock("2030-01-01T00:00:00Z"));
    await rateLimiter.consume([{ key: "ending", limit: { max: 2, windowMs: 5000 } }]);
    const keys = (await gate?.redis.keys(`${prefix}*throttle:ending`)) ?? [];
    expect(keys).toHaveLength(1);
    const left = (await gate?.redis.pttl(keys[0] ?? "")) ?? -1;
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(5000);
  });
});
