import { race } from "@yumroad/testkit";
import { describe, expect, it, vi } from "vitest";
import { canRunOn, createTestApp, named } from "../../../test/test-app.ts";
import type { LimitKey } from "../../platform/rate-limit/rate-limiter.ts";

/** More than any machine hashes at once: occupies every place. */
const MOST_HASHES_AT_ONCE = 8;

describe("too many passwords at once", () => {
  it("R54, R57: one that nobody can look at is told to come back, and leaves no count behind", async () => {
    const app = await createTestApp({ hashCost: 13, limits: { hashQueue: 0 } });
    const { hasher, rateLimiter } = app.dependencies;
    const consume = vi.spyOn(rateLimiter, "consume");
    // As many as are hashed at once, on any machine.
    const busy = [1, 2, 3].map((block) =>
      hasher.hash("a password that takes a while", { group: `block ${block}`, member: "somebody" }).catch(() => "full"),
    );
    const json = { email: "made-up@example.com", password: "not the password" };
    const answer = await app.visitor().post("/api/auth/login", { json });
    expect([answer.status, answer.headers["retry-after"]]).toEqual([503, "2"]);
    expect(consume).not.toHaveBeenCalled();
    await Promise.all(busy);
    await app.close();
  });

  it("R57: whoever is over the limit costs no hash", async () => {
    const app = await createTestApp();
    const { hasher } = app.dependencies;
    const { email } = await app.signUp();
    const attempt = (address: string) =>
      app
        .visitor({ headers: { "X-Forwarded-For": "203.0.113.1" } })
        .post("/api/auth/login", { json: { email: address, password: "not the password" } });
    for (const address of [email, "nobody@example.com"]) {
      for (let round = 0; round < 5; round += 1) expect((await attempt(address)).status).toBe(401);
    }
    const [hash, verify] = [vi.spyOn(hasher, "hash"), vi.spyOn(hasher, "verify")];
    for (const address of [email, "nobody@example.com"]) expect((await attempt(address)).status).toBe(429);
    expect(hash).not.toHaveBeenCalled();
    expect(verify).not.toHaveBeenCalled();
    await app.close();
  });

  it("R57: a password that there was no time to look at was no wrong one, and one is told when to come back", async () => {
    // Slow enough that the others are still being hashed at the attempt's turn, even on a busy machine.
    const app = await createTestApp({ limits: { hashQueue: 0 }, hashCost: 11 });
    const { hasher, rateLimiter } = app.dependencies;
    const attempt = (email = "a@example.com") =>
      app.visitor().post("/api/auth/login", { json: { email, password: "not the password" } });
    // The first one for an unknown account waits for the dummy hash.
    expect((await attempt("somebody-else@example.com")).status).toBe(401);
    const consume = rateLimiter.consume.bind(rateLimiter);
    // The queue has room when the attempt arrives, and no room after the attempt was counted.
    const others: Promise<unknown>[] = [];
    rateLimiter.consume = async (limitKeys) => {
      const consumed = await consume(limitKeys);
      const hashes = Array.from({ length: MOST_HASHES_AT_ONCE }, (_, block) =>
        hasher.hash("something to do", { group: `block ${block}`, member: "somebody" }),
      );
      others.push(...hashes.map((hash) => hash.catch(() => "no room")));
      return consumed;
    };
    for (let round = 0; round < 12; round += 1) {
      const refused = await attempt();
      expect([refused.status, refused.json]).toEqual([503, expect.objectContaining({ code: "overloaded" })]);
      expect(refused.headers["retry-after"]).toMatch(/^\d+$/);
      expect(refused.setCookies).toEqual([]);
      await Promise.all(others);
    }
    rateLimiter.consume = consume;
    const statuses: number[] = [];
    for (let round = 0; round < 6; round += 1) statuses.push((await attempt()).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    await app.close();
  });

  it("R57: that is so as well for whoever proves that it is still them", async () => {
    const app = await createTestApp({ limits: { hashQueue: 0 }, hashCost: 11 });
    const { hasher, rateLimiter } = app.dependencies;
    const person = await app.signUp();
    // In an unknown browser, which has five tries.
    const client = app.visitor();
    client.cookies.restore(person.client.cookies.snapshot().filter(({ name }) => name === "__Host-yumroad"));
    const prove = async () =>
      (await client.post("/api/account/reauthenticate", { json: { password: "not the password" } })).status;
    const fillUp = () =>
      Array.from({ length: MOST_HASHES_AT_ONCE }, (_, block) =>
        hasher.hash("something to do", { group: `block ${block}`, member: "somebody" }).catch(() => "no room"),
      );
    const consume = rateLimiter.consume.bind(rateLimiter);
    // If the queue has no room when the attempt arrives, the attempt is not counted. If the queue is full after the
    // count, the attempt is refunded.
    const counted = vi.spyOn(rateLimiter, "consume");
    // Every write of a session consumes its limit.
    const isOfPassword = (limitKeys: readonly LimitKey[]) =>
      !limitKeys.some(({ key }) => key.startsWith("writesOfSession:"));
    const before = fillUp();
    expect(await prove()).toBe(503);
    expect(counted.mock.calls.filter(([limitKeys]) => isOfPassword(limitKeys))).toEqual([]);
    await Promise.all(before);
    const others: Promise<unknown>[] = [];
    counted.mockImplementation(async (limitKeys) => {
      const consumed = await consume(limitKeys);
      if (isOfPassword(limitKeys)) others.push(...fillUp());
      return consumed;
    });
    for (let round = 0; round < 6; round += 1) {
      expect(await prove()).toBe(503);
      await Promise.all(others);
    }
    counted.mockRestore();
    const statuses: number[] = [];
    for (let round = 0; round < 6; round += 1) statuses.push(await prove());
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    await app.close();
  });

  it("R57: one address that floods with right passwords of its own keeps nobody else from logging in", {
    timeout: 60_000,
  }, async () => {
    const plenty = { max: 100_000, windowMs: 1000 };
    // Several attempts for one account from one address are in progress; each counts as wrong until it is verified.
    const tries = { wrongPasswordsFromAddress: plenty };
    const limits = { hashQueue: 8, loginsOfAddress: plenty, loginsOfAccount: plenty, ...tries };
    const app = await createTestApp({ hashCost: 9, limits });
    const own = [await app.signUp(), await app.signUp(), await app.signUp()];
    const victim = await app.signUp();
    const logIn = async (address: string, { email, password }: { email: string; password: string }) => {
      const client = app.visitor({ headers: { "X-Forwarded-For": address } });
      return (await client.post("/api/auth/login", { json: { email, password } })).status;
    };
    let isOver = false;
    const flood: number[] = [];
    const flooding = Array.from({ length: 20 }, async (_, place) => {
      while (!isOver) flood.push(await logIn("203.0.113.7", own[place % own.length] ?? victim));
    });
    await vi.waitFor(() => expect(flood).toContain(503), { timeout: 20_000 });
    const statuses: number[] = [];
    for (let round = 0; round < 20; round += 1) statuses.push(await logIn("198.51.100.9", victim));
    isOver = true;
    await Promise.all(flooding);
    expect(statuses).toEqual(Array.from({ length: 20 }, () => 200));
    expect(new Set(flood)).toEqual(new Set([200, 503]));
    await app.close();
  });

  it("R57: 200 log-ins at once are bounded, and do not starve the catalogue", { timeout: 60_000 }, async () => {
    const plenty = { max: 10_000, windowMs: 1000 };
    const limits = { wrongPasswordsOfAddress: plenty };
    const app = await createTestApp({ hashCost: 11, limits });
    const logIns = race(200, async () => {
      const email = `person-${Math.random()}@example.com`;
      return (await app.visitor().post("/api/auth/login", { json: { email, password: "not the password" } })).status;
    });
    const times: number[] = [];
    let isOver = false;
    void logIns.then(() => {
      isOver = true;
    });
    while (!isOver) {
      const startedAt = performance.now();
      expect((await app.visitor().get("/api/products")).status).toBe(200);
      times.push(performance.now() - startedAt);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const statuses = (await logIns).map((outcome) => (outcome.status === "fulfilled" ? outcome.value : 0));
    expect(new Set(statuses)).toEqual(new Set([401, 503]));
    expect(statuses.filter((status) => status === 401).length).toBeGreaterThanOrEqual(
      app.dependencies.limits.hashQueue,
    );
    expect(times.sort((a, b) => a - b)[Math.floor(times.length / 2)]).toBeLessThan(100);
    await app.close();
  });
});

describe.skipIf(!canRunOn("redis"))(named("many passwords while Redis misbehaves", "redis"), () => {
  it("R75: a log-in that finds Redis stalled is refused within a second, at the hash's real cost", async () => {
    const app = await createTestApp({ sessions: "redis", hashCost: 12 });
    const { email, password } = await app.signUp();
    app.redisFaults.stall();
    const startedAt = performance.now();
    const answer = await app.visitor().post("/api/auth/login", { json: { email, password } });
    expect(answer.status).toBe(503);
    expect(performance.now() - startedAt).toBeLessThan(1000);
    await app.redisFaults.restore();
    await app.close();
  });
});
