import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  canRunOn,
  createTestApp,
  GOOD_PASSWORD,
  named,
  storeKinds,
  type TestApp,
  whoIs,
} from "../../../test/test-app.ts";

describe.each(storeKinds)("wrong passwords", (store) => {
  describe.skipIf(!canRunOn(store))(named("wrong passwords", store), () => {
    let app: TestApp;
    beforeEach(async () => {
      app = await createTestApp({ sessions: store });
    });
    afterEach(() => app.close());

    /** One try from a chosen address: the proxy in front names it. */
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

    it("R54: allows sixty new accounts from one address in an hour, and counts only those that were made", async () => {
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
});
