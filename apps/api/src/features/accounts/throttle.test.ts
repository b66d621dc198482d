import { race, statusesOf } from "@yumroad/testkit";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  canRunOn,
  createTestApp,
  GOOD_PASSWORD,
  named,
  storeKinds,
  type TestApp,
  whoIs,
} from "../../../test/test-app.ts";

/** More than any machine hashes at the same time: all places are taken. */
const MOST_HASHES_AT_ONCE = 8;

describe.each(storeKinds)("wrong passwords", (store) => {
  describe.skipIf(!canRunOn(store))(named("wrong passwords", store), () => {
    let app: TestApp;
    beforeEach(async () => {
      app = await createTestApp({ sessions: store });
    });
    afterEach(() => app.close());

    /** One try from an address of its own choosing: the proxy in front says which. */
    const tryFrom = async (address: string, email: string, password = "not the password") =>
      app.visitor({ headers: { "X-Forwarded-For": address } }).post("/api/auth/login", { json: { email, password } });

    async function tries(count: number, address: string, email: string): Promise<number[]> {
      const statuses: number[] = [];
      for (let round = 0; round < count; round += 1) statuses.push((await tryFrom(address, email)).status);
      return statuses;
    }

    it("R54: the sixth for one account from one address waits, and even the right one does", async () => {
      const { email } = await app.signUp();
      expect(await tries(6, "203.0.113.1", email)).toEqual([401, 401, 401, 401, 401, 429]);
      const refused = await tryFrom("203.0.113.1", email, GOOD_PASSWORD);
      expect(refused.status).toBe(429);
      expect(Number(refused.headers["retry-after"])).toBeGreaterThan(14 * 60);
      expect(Number(refused.headers["retry-after"])).toBeLessThanOrEqual(15 * 60);
      expect((await tryFrom("203.0.113.2", email, GOOD_PASSWORD)).status).toBe(200);
      app.clock.advance("15m");
      expect((await tryFrom("203.0.113.1", email, GOOD_PASSWORD)).status).toBe(200);
    });

    it("R54: an unknown account is treated the same", async () => {
      expect(await tries(6, "203.0.113.1", "nobody@example.com")).toEqual([401, 401, 401, 401, 401, 429]);
    });

    it("R54: addresses of one IPv6 customer are one", async () => {
      const { email } = await app.signUp();
      const statuses: number[] = [];
      for (const host of [":1", ":2", ":3:4", "5:6:7:8", "ffff::9", ":abcd"]) {
        statuses.push((await tryFrom(`2001:db8:0:7:${host}`, email)).status);
      }
      expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
      expect((await tryFrom("2001:db8:0:8::1", email)).status).toBe(401);
    });

    it("R54: fifty for one account in a day, from wherever", async () => {
      const { email } = await app.signUp();
      for (let address = 1; address <= 10; address += 1) await tries(5, `203.0.113.${address}`, email);
      expect((await tryFrom("203.0.113.99", email)).status).toBe(429);
      app.clock.advance("24h");
      expect((await tryFrom("203.0.113.99", email)).status).toBe(401);
    });

    it("R54: a hundred from one address in an hour, for whichever accounts", async () => {
      for (let account = 1; account <= 20; account += 1) await tries(5, "203.0.113.1", `person${account}@example.org`);
      const { email } = await app.signUp();
      expect((await tryFrom("203.0.113.1", email, GOOD_PASSWORD)).status).toBe(429);
      expect((await tryFrom("203.0.113.2", email, GOOD_PASSWORD)).status).toBe(200);
      app.clock.advance("1h");
      expect((await tryFrom("203.0.113.1", email, GOOD_PASSWORD)).status).toBe(200);
    });

    it("R54: thirty at once get no further than thirty in a row", async () => {
      const { email } = await app.signUp();
      const outcomes = await race(30, () => tryFrom("203.0.113.1", email));
      const statuses = statusesOf(outcomes);
      expect(statuses.filter((status) => status === 401)).toHaveLength(5);
      expect(statuses.filter((status) => status === 429)).toHaveLength(25);
    });

    it("R54: refused tries do not use up the account's day", async () => {
      const { email } = await app.signUp();
      await tries(60, "203.0.113.1", email);
      expect((await tryFrom("203.0.113.2", email)).status).toBe(401);
    });

    it("R55: a right password resets that account's count for that address, and nothing else", async () => {
      const mine = await app.signUp();
      const yours = await app.signUp();
      await tries(4, "203.0.113.1", mine.email);
      await tries(4, "203.0.113.1", yours.email);
      await tries(4, "203.0.113.2", mine.email);
      expect((await tryFrom("203.0.113.1", mine.email, GOOD_PASSWORD)).status).toBe(200);
      expect(await tries(6, "203.0.113.1", mine.email)).toEqual([401, 401, 401, 401, 401, 429]);
      expect(await tries(2, "203.0.113.1", yours.email)).toEqual([401, 429]);
      expect(await tries(2, "203.0.113.2", mine.email)).toEqual([401, 429]);
    });

    it("R55: right passwords never count, however many", async () => {
      const { email } = await app.signUp();
      for (let round = 0; round < 12; round += 1) {
        expect((await tryFrom("203.0.113.1", email, GOOD_PASSWORD)).status).toBe(200);
      }
    });

    it("R55: nor do they count for the account or for the address, whichever browser they come from", async () => {
      const small = { max: 3, windowMs: 3_600_000 };
      const limited = await createTestApp({
        sessions: store,
        limits: { wrongPasswordsForAccount: small, wrongPasswordsOfAddress: small },
      });
      const { email, password } = await limited.signUp();
      const statuses: number[] = [];
      for (let round = 0; round < 5; round += 1) {
        statuses.push((await limited.visitor().post("/api/auth/login", { json: { email, password } })).status);
      }
      expect(statuses).toEqual([200, 200, 200, 200, 200]);
      await limited.close();
    });

    it("R55: a right password sets the count of a browser that is known back as well", async () => {
      const { client, email, password } = await app.signUp();
      const attempt = async (given: string) =>
        (await client.post("/api/auth/login", { json: { email, password: given } })).status;
      for (let round = 0; round < 2; round += 1) {
        for (let wrong = 0; wrong < 9; wrong += 1) expect(await attempt("not the password")).toBe(401);
        expect(await attempt(password)).toBe(200);
      }
    });

    it("R56: nobody can lock the owner out of a browser in which they have logged in", async () => {
      const { client, email, password } = await app.signUp();
      await client.post("/api/auth/logout");
      for (let address = 1; address <= 10; address += 1) await tries(5, `203.0.113.${address}`, email);
      expect((await tryFrom("203.0.113.99", email, password)).status).toBe(429);
      const answer = await client.post("/api/auth/login", { json: { email, password } });
      expect(answer.status).toBe(200);
      expect((await whoIs(client))?.email).toBe(email);
    });

    it("R56: an attacker's own account earns nothing for another, and a known browser has a budget too", async () => {
      const victim = await app.signUp();
      const attacker = await app.signUp();
      const attempt = (email: string) =>
        attacker.client.post("/api/auth/login", {
          json: { email, password: "not the password" },
          headers: { "X-Forwarded-For": "203.0.113.1" },
        });
      const onVictim: number[] = [];
      for (let round = 0; round < 6; round += 1) onVictim.push((await attempt(victim.email)).status);
      expect(onVictim).toEqual([401, 401, 401, 401, 401, 429]);
      const onSelf: number[] = [];
      for (let round = 0; round < 11; round += 1) onSelf.push((await attempt(attacker.email)).status);
      expect(onSelf.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401));
      expect(onSelf[10]).toBe(429);
      const inTheirOwn = { json: { email: victim.email, password: "not the password" } };
      expect((await victim.client.post("/api/auth/login", inTheirOwn)).status).toBe(401);
    });

    it("R56: a forged device cookie is a stranger's", async () => {
      const { client, email, user } = await app.signUp();
      const forged = app.visitor({ headers: { "X-Forwarded-For": "203.0.113.1" } });
      forged.cookies.set("__Host-yumroad-device", encodeURIComponent(`s:device~x~${user.id}.${"a".repeat(43)}`));
      const session = decodeURIComponent(client.cookies.get("__Host-yumroad")?.value ?? "");
      for (let round = 0; round < 5; round += 1) {
        if (round === 3) forged.cookies.set("__Host-yumroad-device", encodeURIComponent(session));
        await forged.post("/api/auth/login", { json: { email, password: "not the password" } });
      }
      expect((await forged.post("/api/auth/login", { json: { email, password: "x" } })).status).toBe(429);
    });

    it("allows sixty new accounts from one address in an hour, and counts only those that were made", async () => {
      const limited = await createTestApp({
        sessions: store,
        limits: { signups: { max: 3, windowMs: 60 * 60 * 1000 } },
      });
      const client = () => limited.visitor({ headers: { "X-Forwarded-For": "203.0.113.1" } });
      const json = (count: number) => ({ name: "Ann", email: `ann${count}@example.com`, password: GOOD_PASSWORD });
      const statuses: number[] = [];
      for (const count of [1, 1, 1, 2, 3, 4]) {
        statuses.push((await client().post("/api/auth/signup", { json: json(count) })).status);
      }
      expect(statuses).toEqual([201, 409, 409, 201, 201, 429]);
      limited.clock.advance("1h");
      expect((await client().post("/api/auth/signup", { json: json(5) })).status).toBe(201);
      await limited.close();
    });

    it("R54: nobody can ask the sign-up for a list of people: what was taken counts by itself", async () => {
      const limited = await createTestApp({
        sessions: store,
        limits: { takenSignups: { max: 3, windowMs: 3_600_000 } },
      });
      const ask = async (email: string, from = "203.0.113.1") => {
        const client = limited.visitor({ headers: { "X-Forwarded-For": from } });
        return (await client.post("/api/auth/signup", { json: { name: "Ann", email, password: GOOD_PASSWORD } }))
          .status;
      };
      const { email } = await limited.signUp();
      const statuses = [];
      for (const who of [email, "one@example.com", email, "two@example.com", email, email, "three@example.com"]) {
        statuses.push(await ask(who));
      }
      expect(statuses).toEqual([409, 201, 409, 201, 409, 429, 429]);
      expect(await ask("three@example.com", "203.0.113.2")).toBe(201);
      limited.clock.advance("1h");
      expect(await ask(email)).toBe(409);
      await limited.close();
    });
  });
});

describe("too many passwords at once", () => {
  it("R54, R57: one that nobody can look at is told to come back, and leaves no count behind", async () => {
    const app = await createTestApp({ hashCost: 13, limits: { hashQueue: 0 } });
    const { hasher, throttle } = app.dependencies;
    const take = vi.spyOn(throttle, "take");
    // As many as are hashed at once, on any machine.
    const busy = [1, 2, 3].map(() => hasher.hash("a password that takes a while").catch(() => "full"));
    const json = { email: "made-up@example.com", password: "not the password" };
    const answer = await app.visitor().post("/api/auth/login", { json });
    expect([answer.status, answer.headers["retry-after"]]).toEqual([503, "2"]);
    expect(take).not.toHaveBeenCalled();
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
    // Dear enough that the others are still at it when the attempt's turn comes, on a busy machine as well.
    const app = await createTestApp({ limits: { hashQueue: 0 }, hashCost: 11 });
    const { hasher, throttle } = app.dependencies;
    const attempt = (email = "a@example.com") =>
      app.visitor().post("/api/auth/login", { json: { email, password: "not the password" } });
    // The first one for an account that is not there waits for the hash that stands in for one.
    expect((await attempt("somebody-else@example.com")).status).toBe(401);
    const take = throttle.take.bind(throttle);
    // There was room when the attempt came, and is none any more once it was counted.
    const others: Promise<unknown>[] = [];
    throttle.take = async (draws) => {
      const verdict = await take(draws);
      const hashes = Array.from({ length: MOST_HASHES_AT_ONCE }, () => hasher.hash("something to do"));
      others.push(...hashes.map((hash) => hash.catch(() => "no room")));
      return verdict;
    };
    for (let round = 0; round < 12; round += 1) {
      const refused = await attempt();
      expect([refused.status, refused.json]).toEqual([503, expect.objectContaining({ code: "overloaded" })]);
      expect(refused.headers["retry-after"]).toMatch(/^\d+$/);
      expect(refused.setCookies).toEqual([]);
      await Promise.all(others);
    }
    throttle.take = take;
    const statuses: number[] = [];
    for (let round = 0; round < 6; round += 1) statuses.push((await attempt()).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    await app.close();
  });

  it("R57: that is so as well for whoever proves that it is still them", async () => {
    const app = await createTestApp({ limits: { hashQueue: 0 }, hashCost: 11 });
    const { hasher, throttle } = app.dependencies;
    const person = await app.signUp();
    // In a browser that is not known, which has five tries.
    const client = app.visitor();
    client.cookies.restore(person.client.cookies.snapshot().filter(({ name }) => name === "__Host-yumroad"));
    const prove = async () =>
      (await client.post("/api/account/reauthenticate", { json: { password: "not the password" } })).status;
    const fillUp = () =>
      Array.from({ length: MOST_HASHES_AT_ONCE }, () => hasher.hash("something to do").catch(() => "no room"));
    const take = throttle.take.bind(throttle);
    // No room when it comes: it is not even counted. None any more once it was: that is given back.
    const counted = vi.spyOn(throttle, "take");
    const before = fillUp();
    expect(await prove()).toBe(503);
    expect(counted).not.toHaveBeenCalled();
    await Promise.all(before);
    const others: Promise<unknown>[] = [];
    counted.mockImplementation(async (draws) => {
      const verdict = await take(draws);
      others.push(...fillUp());
      return verdict;
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

describe.skipIf(!canRunOn("redis"))(named("throttling while Redis is away", "redis"), () => {
  it("R58: nobody is unlimited, since no password is looked at: right and wrong ones get the same 503", async () => {
    const app = await createTestApp({ sessions: "redis" });
    const { email, password } = await app.signUp();
    await app.redisFaults.kill();
    for (const wanted of [password, "not the password"]) {
      const answer = await app.visitor().post("/api/auth/login", { json: { email, password: wanted } });
      expect([answer.status, answer.headers["retry-after"]]).toEqual([503, "2"]);
    }
    await app.close();
  });

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

  it("R77: two processes share their limits, and a log-out in one ends the session in the other", async () => {
    const first = await createTestApp({ sessions: "redis" });
    const second = await createTestApp({ sessions: "redis", beside: first });
    const statuses: number[] = [];
    for (const app of [first, second, first, second, first, second]) {
      const json = { email: "a@example.com", password: "not the password" };
      statuses.push((await app.visitor().post("/api/auth/login", { json })).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    const { client } = await first.signUp();
    const onSecond = second.visitor();
    onSecond.cookies.restore(client.cookies.snapshot());
    expect(await whoIs(onSecond)).not.toBeNull();
    expect((await onSecond.post("/api/auth/logout")).status).toBe(204);
    expect(await whoIs(client)).toBeNull();
    await second.close();
    await first.close();
  });
});
