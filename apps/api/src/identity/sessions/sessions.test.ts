import type { Problem, SessionState, SessionSummary } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logInWithPasswordOnly, setUpTotp } from "../../../test/authenticator-app.ts";
import { eventsOf } from "../../../test/mailed-links.ts";
import { redisUrl } from "../../../test/services.ts";
import {
  canRunOn,
  createTestApp,
  named,
  type Person,
  storeKinds,
  type TestApp,
  whoIs,
} from "../../../test/test-app.ts";

const PATH = "/api/account/sessions";
const FIREFOX = { "User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0" };
const SAFARI = {
  "User-Agent":
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
  "X-Forwarded-For": "2001:db8:1:2::7",
};

async function listOf(client: Client): Promise<SessionSummary[]> {
  const { status, json } = await client.get<{ items: SessionSummary[] }>(PATH);
  expect(status).toBe(200);
  return json.items;
}

describe.each(storeKinds)("one's own sessions", (store) => {
  describe.skipIf(!canRunOn(store))(named("one's own sessions", store), () => {
    let app: TestApp;
    beforeAll(async () => {
      app = await createTestApp({ sessions: store });
    });
    afterAll(() => app.close());

    /** The same person on a laptop, and an hour later on a phone, which sends the requests. */
    async function twoDevices(): Promise<{ laptop: Person; phone: Person }> {
      const laptop = await app.signUp({
        client: app.visitor({ headers: { ...FIREFOX, "X-Forwarded-For": "203.0.113.7" } }),
      });
      app.clock.advance("1h");
      return { laptop, phone: await app.logIn(laptop, { client: app.visitor({ headers: SAFARI }) }) };
    }

    it("R67: are listed with device, address, first and last use: this one first, then the last used", async () => {
      const { laptop, phone } = await twoDevices();
      const signedUpAt = app.clock.now() - 3_600_000;
      const again = await app.logIn(laptop);
      app.clock.advance("2h");
      await whoIs(laptop.client);
      app.clock.advance("5m");
      const items = await listOf(phone.client);
      expect(items).toMatchObject([
        { device: "Safari on iOS", address: "2001:db8:1:…", isCurrent: true },
        { device: "Firefox on Windows", address: "203.0.113.x", isCurrent: false },
        { device: "Unknown device", isCurrent: false },
      ]);
      const [here, there] = items;
      expect(here?.lastUsedAt).toBe(new Date(app.clock.now()).toISOString());
      expect(here?.firstUsedAt).toBe(new Date(signedUpAt + 3_600_000).toISOString());
      expect(there?.firstUsedAt).toBe(new Date(signedUpAt).toISOString());
      expect(there?.lastUsedAt).toBe(new Date(app.clock.now() - 300_000).toISOString());
      expect(there?.expiresAt).toBe(new Date(app.clock.now() - 300_000 + 86_400_000).toISOString());
      expect((await listOf(again.client)).map(({ isCurrent }) => isCurrent)).toEqual([true, false, false]);
    });

    it("R67: are nobody else's, and no longer listed once they are over, by time or by log-out", async () => {
      const { laptop, phone } = await twoDevices();
      await app.signUp();
      expect(await listOf(phone.client)).toHaveLength(2);
      app.clock.advance("23h");
      await whoIs(phone.client);
      app.clock.advance("1h");
      expect(await listOf(phone.client)).toHaveLength(1);
      const third = await app.logIn(laptop);
      expect(await listOf(phone.client)).toHaveLength(2);
      await third.client.post("/api/auth/logout");
      expect(await listOf(phone.client)).toHaveLength(1);
    });

    it("R71: half a session is not among them, sees none, and is ended with all others", async () => {
      const person = await app.signUp();
      await setUpTotp(app, person);
      const pending = await logInWithPasswordOnly(app, person);
      expect(await listOf(person.client)).toHaveLength(1);
      expect((await pending.get(PATH)).status).toBe(401);
      expect((await person.client.delete(PATH)).status).toBe(204);
      expect((await pending.get<SessionState>("/api/auth/session")).json).toMatchObject({ user: null, ended: true });
    });

    it("R7: no id is in the list, nor can one be made of what is", async () => {
      const { laptop, phone } = await twoDevices();
      const { text } = await phone.client.get(PATH);
      for (const { client } of [laptop, phone]) {
        const cookie = decodeURIComponent(client.cookies.get("__Host-yumroad")?.value ?? "");
        expect(cookie.length).toBeGreaterThan(40);
        expect(text).not.toContain(cookie.slice(2).split(".")[0]);
      }
      const [{ handle } = { handle: "" }] = JSON.parse(text).items as SessionSummary[];
      const thief = app.visitor({ headers: { Cookie: `__Host-yumroad=${handle}` } });
      expect(await whoIs(thief)).toBeNull();
    });

    it("R68: one is ended by its handle: its next request is nobody's, all others go on", async () => {
      const { laptop, phone } = await twoDevices();
      const third = await app.logIn(laptop);
      const laptops = (await listOf(phone.client)).find(({ device }) => device === "Firefox on Windows");
      const answer = await phone.client.delete(`${PATH}/${laptops?.handle}`);
      expect([answer.status, answer.setCookies, answer.headers["clear-site-data"]]).toEqual([204, [], undefined]);
      const { json } = await laptop.client.get<SessionState>("/api/auth/session");
      expect(json).toEqual({ user: null, expiresAt: null, ended: true });
      expect((await laptop.client.get("/api/me/products")).status).toBe(401);
      expect(await whoIs(phone.client)).not.toBeNull();
      expect(await whoIs(third.client)).not.toBeNull();
      expect((await phone.client.delete(`${PATH}/${laptops?.handle}`)).status).toBe(404);
      await expect.poll(() => eventsOf(app, phone)).toContain("session_ended_by_user");
    });

    it("R68: ending the current one is a log-out", async () => {
      const { laptop, phone } = await twoDevices();
      const [current] = await listOf(phone.client);
      const before = phone.client.cookies.snapshot();
      const answer = await phone.client.delete(`${PATH}/${current?.handle}`);
      expect(answer.status).toBe(204);
      expect(answer.headers["clear-site-data"]).toBe('"cache", "storage"');
      expect(answer.setCookies).toMatchObject([{ name: "__Host-yumroad", value: "", secure: true, path: "/" }]);
      phone.client.cookies.restore(before);
      expect(await whoIs(phone.client)).toBeNull();
      expect(await whoIs(laptop.client)).not.toBeNull();
      await expect.poll(() => eventsOf(app, phone)).toContain("authn_logout");
    });

    it("R68: all others are ended at once, and this one goes on under its id", async () => {
      const { laptop, phone } = await twoDevices();
      const bystander = await app.signUp();
      const answer = await phone.client.delete(PATH);
      expect([answer.status, answer.setCookies]).toEqual([204, []]);
      expect(await whoIs(laptop.client)).toBeNull();
      expect(await listOf(phone.client)).toHaveLength(1);
      expect(await whoIs(bystander.client)).not.toBeNull();
      await expect.poll(() => eventsOf(app, phone)).toContain("session_ended_by_user");
    });

    it("R68: where there was no other, none is told to have ended", async () => {
      const { laptop, phone } = await twoDevices();
      expect((await phone.client.delete(PATH)).status).toBe(204);
      await expect.poll(() => eventsOf(app, phone)).toContain("session_ended_by_user");
      for (let times = 0; times < 3; times += 1) expect((await phone.client.delete(PATH)).status).toBe(204);
      await app.logIn(laptop);
      await expect
        .poll(async () => (await eventsOf(app, phone)).filter((kind) => kind === "authn_login_success"))
        .toHaveLength(2);
      const told = (await eventsOf(app, phone)).filter((kind) => kind === "session_ended_by_user");
      expect(told).toHaveLength(1);
    });

    it("R68: another user's handle is not there, and neither is one that nobody has: 404, nothing is ended", async () => {
      const { laptop } = await twoDevices();
      const [foreign] = await listOf(laptop.client);
      const other = await app.signUp();
      for (const handle of [foreign?.handle, "a-handle-of-22-letters"]) {
        const { status, json } = await other.client.delete<Problem>(`${PATH}/${handle}`);
        expect([status, json.code]).toEqual([404, "not_found"]);
      }
      const logged = app.logs.lines.filter(({ event, userId }) => event === "authz_fail" && userId === other.user.id);
      expect(logged).toHaveLength(2);
      expect(await listOf(laptop.client)).toHaveLength(2);
    });

    it("R69: neither the list nor the end of one or of all others asks for a fresh proof", async () => {
      const { laptop, phone } = await twoDevices();
      const third = await app.logIn(laptop);
      app.clock.advance("11m");
      expect((await phone.client.post<Problem>("/api/account/totp")).json.code).toBe("reauth_required");
      const laptops = (await listOf(phone.client)).find(({ device }) => device === "Firefox on Windows");
      expect((await phone.client.delete(`${PATH}/${laptops?.handle}`)).status).toBe(204);
      expect(await whoIs(laptop.client)).toBeNull();
      expect(await whoIs(third.client)).not.toBeNull();
      expect((await phone.client.delete(PATH)).status).toBe(204);
      expect(await whoIs(third.client)).toBeNull();
      expect(await listOf(phone.client)).toHaveLength(1);
    });

    it("R17: a session that is ended while it proves itself anew does not come back under its new id", async () => {
      const { laptop, phone } = await twoDevices();
      const { sessionStore } = app.dependencies;
      const move = sessionStore.move.bind(sessionStore);
      sessionStore.move = async (...given) => {
        await phone.client.delete(PATH);
        return move(...given);
      };
      const json = { password: laptop.password };
      const answer = await laptop.client.post<Problem>("/api/account/reauthenticate", { json });
      sessionStore.move = move;
      expect([answer.status, answer.json.code, answer.setCookies]).toEqual([401, "unauthenticated", []]);
      expect(await whoIs(laptop.client)).toBeNull();
      expect(await listOf(phone.client)).toHaveLength(1);
    });
  });
});

describe.skipIf(!canRunOn("redis"))(named("one's own sessions in a large store", "redis"), () => {
  let app: TestApp;
  let redis: Redis;
  beforeAll(async () => {
    app = await createTestApp({ sessions: "redis" });
    redis = new Redis(redisUrl ?? "");
  });
  afterAll(async () => {
    redis.disconnect();
    await app.close();
  });

  /** Number of calls of each command, counted by Redis. */
  async function commandsCalled(): Promise<Map<string, number>> {
    const told = (await redis.info("commandstats")).matchAll(/^cmdstat_([^:]+):calls=(\d+)/gm);
    return new Map([...told].map(([, name = "", calls]) => [name, Number(calls)]));
  }

  it("R67: are found without walking through everybody's: no SCAN and no KEYS, by Redis' own count", async () => {
    // Other tests scan this Redis as well to clean up: one round without them is enough.
    for (let round = 0; round < 20; round += 1) {
      const person = await app.signUp();
      const others = await Promise.all([app.logIn(person), app.logIn(person)]);
      const before = await commandsCalled();
      const [, other] = await listOf(person.client);
      expect((await person.client.delete(`${PATH}/${other?.handle}`)).status).toBe(204);
      expect((await person.client.delete(PATH)).status).toBe(204);
      const after = await commandsCalled();
      const calls = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
      expect(calls("eval") + calls("evalsha")).toBeGreaterThan(0);
      for (const { client } of others) expect(await whoIs(client)).toBeNull();
      if (calls("scan") + calls("keys") === 0) return;
    }
    throw new Error("In none of 20 rounds Redis was spared SCAN and KEYS");
  });

  it("R67: the index of a user forgets what is gone, by expiry or by other hands", async () => {
    const person = await app.signUp();
    await app.logIn(person);
    const index = `${app.config.redisPrefix}sessions-of:${person.user.id}`;
    const [first = "", second = ""] = await redis.zrange(index, "0", "-1");
    const current = decodeURIComponent(person.client.cookies.get("__Host-yumroad")?.value ?? "");
    const gone = current.includes(first) ? second : first;
    await redis.del(`${app.config.redisPrefix}session:${gone}`);
    expect(await listOf(person.client)).toHaveLength(1);
    expect(await redis.zcard(index)).toBe(1);
    expect(await redis.pttl(index)).toBeGreaterThan(0);
  });
});
