import { median } from "@yumroad/testkit";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { eventsOf } from "../../../test/mailed-links.ts";
import { createRedisUser } from "../../../test/redis-user.ts";
import {
  canRunOn,
  createTestApp,
  GOOD_PASSWORD,
  named,
  type Person,
  storeKinds,
  type TestApp,
  whoIs,
} from "../../../test/test-app.ts";
import { changeProfile } from "../account/change-profile.ts";
import { disableUser } from "../users/disable-user.ts";

/** Rate limits have tests of their own. */
const plenty = { max: 10_000, windowMs: 1000 };

describe.each(storeKinds)("logging in", (store) => {
  describe.skipIf(!canRunOn(store))(named("logging in", store), () => {
    let app: TestApp;
    beforeAll(async () => {
      app = await createTestApp({
        sessions: store,
        limits: { wrongPasswordsFromAddress: plenty, wrongPasswordsOfAddress: plenty },
      });
    });
    afterAll(() => app.close());

    const logIn = (email: string, password: string) =>
      app.visitor().post("/api/auth/login", { json: { email, password } });

    it("S23: logs in with the right password and says who it is", async () => {
      const { email, password, user } = await app.signUp();
      const client = app.visitor();
      const answer = await client.post("/api/auth/login", { json: { email, password } });
      expect(answer.status).toBe(200);
      expect(answer.json).toMatchObject({ user });
      expect(await whoIs(client)).toEqual(user);
    });

    it("M9: compares addresses without regard to case or blanks around them", async () => {
      await app.signUp({ email: "Case@Example.com" });
      expect((await logIn(" case@EXAMPLE.com ", GOOD_PASSWORD)).status).toBe(200);
    });

    it("S10: makes no session while the form is wrong", async () => {
      const { email } = await app.signUp();
      const client = app.visitor();
      for (const json of [
        { email, password: "wrong" },
        { email, password: "" },
        { email: "no address", password: "x" },
        {},
      ]) {
        const answer = await client.post("/api/auth/login", { json });
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.setCookies).toEqual([]);
      }
      expect(await whoIs(client)).toBeNull();
    });

    it("R10: a request fired at header arrival is logged in, 100 times of 100", async () => {
      // A single account would reach its limit.
      const people = [await app.signUp(), await app.signUp()];
      let authenticated = 0;
      for (let round = 0; round < 100; round += 1) {
        const client = app.visitor();
        const { email, password } = people[round % 2] as Person;
        let early: Promise<unknown> | undefined;
        await client.post("/api/auth/login", {
          json: { email, password },
          onHeaders: () => {
            early = whoIs(client);
          },
        });
        if ((await early) !== null) authenticated += 1;
      }
      expect(authenticated).toBe(100);
    });

    it("R10: so is one fired while the store takes its time over the new session", async () => {
      const { email, password } = await app.signUp();
      const { sessionStore } = app.dependencies;
      const set = sessionStore.set.bind(sessionStore);
      sessionStore.set = (...given) => void setTimeout(() => set(...given), 150);
      const client = app.visitor();
      let early: Promise<unknown> | undefined;
      await client.post("/api/auth/login", {
        json: { email, password },
        onHeaders: () => {
          early = whoIs(client);
        },
      });
      sessionStore.set = set;
      expect(await early).not.toBeNull();
    });

    it("R11: unknown address, wrong password and disabled account get the same bytes", async () => {
      const { email } = await app.signUp();
      const disabled = await app.signUp();
      const { database, clock, sessionStore } = app.dependencies;
      await disableUser({ em: database.fork(), clock, sessionStore }, disabled.user.id);
      const answers = [
        await logIn("nobody-at-all@example.com", GOOD_PASSWORD),
        await logIn(email, "not the password"),
        await logIn(disabled.email, disabled.password),
      ];
      const stripped = answers.map(({ status, headers, text }) => {
        const { date: _date, "x-request-id": _id, ...rest } = headers;
        return { status, rest, text: text.replace(/"requestId":"[^"]+"/, "") };
      });
      expect(stripped[0]?.status).toBe(401);
      expect(answers[0]?.json).toMatchObject({ code: "invalid_credentials", title: "Invalid email or password" });
      expect(stripped[1]).toEqual(stripped[0]);
      expect(stripped[2]).toEqual(stripped[0]);
    });

    it("R46: one typed on another keyboard (NFKC) is the same", async () => {
      const { email } = await app.signUp({ password: "zwölf ﬁnken singen" });
      expect((await logIn(email, "zwo\u0308lf finken singen")).status).toBe(200);
    });

    it("R45: at log-in only an empty and an over-long password are invalid, all else is the one refusal", async () => {
      const { email } = await app.signUp();
      expect((await logIn(email, "")).status).toBe(422);
      expect((await logIn(email, "x".repeat(129))).status).toBe(422);
      for (const odd of ["x", "\0", "\ud800", "1234", "é".repeat(128)])
        expect((await logIn(email, odd)).status).toBe(401);
    });

    it("when the database fails after the session was stored, no cookie leaves and the session is gone", async () => {
      const { email, password, user } = await app.signUp();
      const { database, sessionStore } = app.dependencies;
      const fork = database.fork.bind(database);
      const set = sessionStore.set.bind(sessionStore);
      let storedId = "";
      sessionStore.set = (id, ...rest) => {
        storedId = id;
        set(id, ...rest);
      };
      // The login's own unit of work; its second look uses another one.
      database.fork = () => {
        database.fork = fork;
        const em = fork();
        em.fork = () => {
          throw new Error("The database is down");
        };
        return em;
      };
      const client = app.visitor();
      const answer = await client.post("/api/auth/login", { json: { email, password } });
      database.fork = fork;
      sessionStore.set = set;
      expect(answer.status).toBe(500);
      expect(answer.setCookies).toEqual([]);
      expect(storedId).not.toBe("");
      const stored = await new Promise((resolve) => sessionStore.get(storedId, (_error, session) => resolve(session)));
      expect([user.email, stored]).toEqual([email, null]);
    });

    it("an account that is renamed meanwhile is logged in to, under its new name", async () => {
      const person = await app.signUp();
      const { database, hasher } = app.dependencies;
      const verify = hasher.verify.bind(hasher);
      hasher.verify = async (...given) => {
        const verification = await verify(...given);
        await changeProfile({ ...app.dependencies, em: database.fork() }, { userId: person.user.id, name: "Renamed" });
        return verification;
      };
      const again = await app.logIn(person);
      hasher.verify = verify;
      expect(again.user.name).toBe("Renamed");
    });

    it("a failed log-in leaves the session that was there alone, and is told to the owner", async () => {
      const person = await app.signUp();
      const { client, email } = person;
      await client.post("/api/auth/login", { json: { email, password: "wrong" } });
      expect((await whoIs(client))?.email).toBe(email);
      await expect.poll(() => eventsOf(app, person)).toContain("authn_login_fail");
    });

    it("R76: when the store was emptied, sessions have ended cleanly and can begin again", async () => {
      const { client, email, password } = await app.signUp();
      await app.emptySessionStore();
      const answer = await client.get("/api/auth/session");
      expect(answer.json).toEqual({ user: null, expiresAt: null, ended: true });
      expect(answer.setCookies).toEqual([]);
      expect((await client.get("/api/me/products")).status).toBe(401);
      const other = await app.signUp();
      expect(await whoIs(client)).toBeNull();
      await app.logIn({ email, password }, { client });
      expect((await whoIs(other.client))?.email).toBe(other.email);
    });
  });
});

describe("the time a refusal takes", () => {
  it("R12: an unknown address costs as much as a wrong password", { timeout: 60_000 }, async () => {
    const limits = {
      wrongPasswordsFromAddress: plenty,
      wrongPasswordsForAccount: plenty,
      wrongPasswordsOfAddress: plenty,
    };
    const app = await createTestApp({ hashCost: 9, limits });
    const { email } = await app.signUp();
    const times: Record<string, number[]> = { known: [], unknown: [] };
    for (let round = 0; round < 30; round += 1) {
      for (const [kind, address] of [
        ["known", email],
        ["unknown", `nobody-${round}@example.com`],
      ] as const) {
        const startedAt = performance.now();
        await app.visitor().post("/api/auth/login", { json: { email: address, password: "not the password" } });
        times[kind]?.push(performance.now() - startedAt);
      }
    }
    const ratio = median(times.unknown ?? []) / median(times.known ?? []);
    expect(ratio).toBeGreaterThan(0.8);
    expect(ratio).toBeLessThan(1.25);
    await app.close();
  });
});

describe.skipIf(!canRunOn("redis"))(named("logging in while Redis misbehaves", "redis"), () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp({ sessions: "redis" });
  });
  afterEach(() => app.redisFaults.restore());
  afterAll(() => app.close());

  async function untilBack() {
    await app.redisFaults.restore();
    await expect
      .poll(async () => (await app.visitor().get("/readyz")).status, { timeout: 10_000, interval: 100 })
      .toBe(200);
  }

  it("R75: all commands of a log-in share one deadline: a Redis that is slow at each is a 503 within a second", async () => {
    const { email, password } = await app.signUp();
    // 360 ms for a round trip: three exceed the deadline together, and none alone.
    app.redisFaults.slow(180);
    const startedAt = performance.now();
    const answer = await app.visitor().post("/api/auth/login", { json: { email, password } });
    expect(performance.now() - startedAt).toBeLessThan(1000);
    expect(answer.status).toBe(503);
    expect(answer.setCookies).toEqual([]);
    await untilBack();
  });

  it.each(["kill", "stall"] as const)(
    "R75: after a %s the answer is 503 within a second, without a cookie",
    async (fault) => {
      const { email, password, client } = await app.signUp();
      await app.redisFaults[fault]();
      const startedAt = performance.now();
      const answer = await app.visitor().post("/api/auth/login", { json: { email, password } });
      expect(performance.now() - startedAt).toBeLessThan(1000);
      expect(answer.status).toBe(503);
      expect(answer.json).toMatchObject({ code: "session_store_unavailable" });
      expect(answer.headers["retry-after"]).toMatch(/^\d+$/);
      expect(answer.setCookies).toEqual([]);
      const probe = await client.get("/api/auth/session");
      expect(probe.status).toBe(503);
      expect(probe.setCookies).toEqual([]);
      expect((await client.get("/api/products")).status).toBe(200);
      expect((await app.visitor().get("/api/auth/session")).json).toMatchObject({ user: null });
      await untilBack();
      expect((await whoIs(client))?.email).toBe(email);
      expect((await app.visitor().post("/api/auth/login", { json: { email, password } })).status).toBe(200);
    },
  );

  it("R75: with a Redis that takes no writes the answer is 503, before any password is looked at, and who is in stays in", async () => {
    const redis = await createRedisUser();
    onTestFinished(redis.remove);
    const full = await createTestApp({ sessions: "redis", redisUrl: redis.url });
    onTestFinished(full.close);
    const { client, email, password } = await full.signUp();
    const comparing = vi.spyOn(full.dependencies.hasher, "verify");
    await redis.refuseWrites();
    const answer = await full.visitor().post("/api/auth/login", { json: { email, password } });
    expect([answer.status, answer.json]).toEqual([503, expect.objectContaining({ code: "session_store_unavailable" })]);
    expect(answer.setCookies).toEqual([]);
    expect(comparing).not.toHaveBeenCalled();
    expect((await whoIs(client))?.email).toBe(email);
    await redis.allowWrites();
    await full.logIn({ email, password });
  });
});
