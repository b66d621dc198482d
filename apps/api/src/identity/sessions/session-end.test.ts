import type { SessionState } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { canRunOn, createTestApp, named, storeKinds, type TestApp, whoIs } from "../../../test/test-app.ts";
import { SessionStoreUnavailable } from "../../platform/sessions/session-store.ts";
import { changeProfile } from "../account/change-profile.ts";
import { deleteUser } from "../users/delete-user.ts";
import { disableUser } from "../users/disable-user.ts";

const HOUR = 60 * 60 * 1000;

describe.each(storeKinds)("the end of a session", (store) => {
  describe.skipIf(!canRunOn(store))(named("the end of a session", store), () => {
    let app: TestApp;
    beforeAll(async () => {
      app = await createTestApp({ sessions: store });
    });
    afterAll(() => app.close());

    let victim = "";
    const parts = () => ({ ...app.dependencies, em: app.dependencies.database.fork() });

    const probe = async (client: Client, query = "") =>
      (await client.get<SessionState>(`/api/auth/session${query}`)).json;
    const hoursLeft = (state: SessionState) => Math.round((Date.parse(state.expiresAt ?? "") - app.clock.now()) / HOUR);

    it.each([
      { remember: false, idle: "24h", justBefore: "23h" },
      { remember: true, idle: "14d", justBefore: "13d" },
    ] as const)("R66: unused for $idle (remembered: $remember) it is over", async ({ remember, justBefore }) => {
      const { client } = await app.signUp({ remember });
      const idle = await app.signUp({ remember });
      app.clock.advance(justBefore);
      expect(await whoIs(client)).not.toBeNull();
      app.clock.advance(remember ? "1d" : "1h");
      expect(await whoIs(client)).not.toBeNull();
      // The browser may have dropped a remembered cookie; the server must not depend on that.
      expect(await probe(idle.client)).toEqual({ user: null, expiresAt: null, ended: true });
      expect((await idle.client.get("/api/me/products")).status).toBe(401);
    });

    it.each([
      { remember: false, days: 7, step: "12h", steps: 14 },
      { remember: true, days: 30, step: "5d", steps: 6 },
    ] as const)("R66: after $days days (remembered: $remember) it is over, however much it was used", async (given) => {
      const { client } = await app.signUp({ remember: given.remember });
      const cookies = client.cookies.snapshot();
      for (let step = 1; step < given.steps; step += 1) {
        app.clock.advance(given.step);
        expect(await whoIs(client)).not.toBeNull();
      }
      app.clock.advance(given.step);
      // Sent in a header, without the cookie's own expiry: the record decides.
      expect((await client.get("/api/me/products", { headers: { Cookie: header(cookies) } })).status).toBe(401);
    });

    it("says the nearer of the two ends", async () => {
      const { client } = await app.signUp();
      for (let hours = 0; hours < 160; hours += 20) {
        app.clock.advance("20h");
        await probe(client);
      }
      expect(hoursLeft(await probe(client))).toBe(8);
    });

    it("R22: disabling an account ends each of its sessions at their next request, and nobody else's", async () => {
      const person = await app.signUp();
      const elsewhere = await app.logIn(person);
      const bystander = await app.signUp();
      const { database, clock, sessionStore } = app.dependencies;
      expect(await disableUser({ em: database.fork(), clock, sessionStore }, person.user.id)).toBe("disabled");
      expect(await probe(person.client)).toMatchObject({ user: null, ended: true });
      expect((await elsewhere.client.get("/api/me/products")).status).toBe(401);
      expect(await whoIs(bystander.client)).not.toBeNull();
    });

    it("R22: deleting an account ends its sessions and takes its products off the shelf", async () => {
      const person = await app.signUp();
      const json = { name: "A short-lived thing", price: { amount: 100, currency: "EUR" } };
      const { headers } = await person.client.post("/api/products", { json });
      const { database } = app.dependencies;
      expect(await deleteUser({ ...app.dependencies, em: database.fork() }, { userId: person.user.id })).toBe(true);
      expect(await whoIs(person.client)).toBeNull();
      expect((await app.visitor().get(String(headers.location))).status).toBe(404);
      const again = await app.signUp({ email: person.email });
      expect(again.user.id).not.toBe(person.user.id);
      expect(await whoIs(person.client)).toBeNull();
    });

    it("R22: a changed name is in each session at its next request, and the session stays alive", async () => {
      const person = await app.signUp();
      const elsewhere = await app.logIn(person);
      const { database } = app.dependencies;
      await changeProfile({ ...app.dependencies, em: database.fork() }, { userId: person.user.id, name: "Renamed" });
      expect((await whoIs(person.client))?.name).toBe("Renamed");
      expect((await whoIs(elsewhere.client))?.name).toBe("Renamed");
    });

    it("R22: an account disabled while it is being logged in to gets no session", async () => {
      const person = await app.signUp();
      const { database, clock, sessionStore, hasher } = app.dependencies;
      const verify = hasher.verify.bind(hasher);
      hasher.verify = async (...given) => {
        const verification = await verify(...given);
        await disableUser({ em: database.fork(), clock, sessionStore }, person.user.id);
        return verification;
      };
      const client = app.visitor();
      const answer = await client.post("/api/auth/login", { json: { email: person.email, password: person.password } });
      hasher.verify = verify;
      expect(answer.status).toBe(401);
      expect(answer.setCookies).toEqual([]);
    });

    describe.each([
      ["disabling", async () => (await disableUser(parts(), victim)) === "disabled", 401],
      ["deleting", () => deleteUser(parts(), { userId: victim }), 401],
    ] as const)(named("%s an account", store), (_, shutOut, refusal) => {
      it("R22: changes nothing while its sessions can't be reached", async () => {
        const person = await app.signUp();
        victim = person.user.id;
        const { sessionStore } = app.dependencies;
        const endAllOf = sessionStore.endAllOf.bind(sessionStore);
        sessionStore.endAllOf = async () => {
          throw new SessionStoreUnavailable("away");
        };
        await expect(shutOut()).rejects.toBeInstanceOf(SessionStoreUnavailable);
        sessionStore.endAllOf = endAllOf;
        expect(await whoIs((await app.logIn(person)).client)).toEqual(person.user);
        expect(await shutOut()).toBe(true);
        expect(await whoIs(person.client)).toBeNull();
      });

      it("R22: ends a session as well that began after the first look at them", async () => {
        const person = await app.signUp();
        victim = person.user.id;
        const { sessionStore } = app.dependencies;
        const endAllOf = sessionStore.endAllOf.bind(sessionStore);
        const late = app.visitor();
        sessionStore.endAllOf = async (userId) => {
          sessionStore.endAllOf = endAllOf;
          const ended = await endAllOf(userId);
          await app.logIn(person, { client: late });
          return ended;
        };
        expect(await shutOut()).toBe(true);
        expect(await whoIs(late)).toBeNull();
        const { email, password } = person;
        expect((await app.visitor().post("/api/auth/login", { json: { email, password } })).status).toBe(refusal);
      });
    });

    it("R75: a renewal that could not be written refuses nobody", async () => {
      const { client, email } = await app.signUp();
      app.clock.advance("2h");
      const { sessionStore } = app.dependencies;
      const renew = sessionStore.renew.bind(sessionStore);
      let tries = 0;
      sessionStore.renew = async () => {
        tries += 1;
        throw new SessionStoreUnavailable("away");
      };
      const answer = await client.get<SessionState>("/api/auth/session");
      expect([answer.status, answer.json.user?.email]).toEqual([200, email]);
      expect((await client.get("/api/me/products")).status).toBe(200);
      sessionStore.renew = renew;
      expect(tries).toBe(2);
    });

    it("R21: twenty requests at once on one session lose nothing of it", async () => {
      const { client, email } = await app.signUp();
      app.clock.advance("2h");
      const answers = await Promise.all(Array.from({ length: 20 }, () => probe(client)));
      expect(answers.map(({ user }) => user?.email)).toEqual(Array.from({ length: 20 }, () => email));
      expect((await whoIs(client))?.email).toBe(email);
    });
  });
});

describe("what is over", () => {
  it("is cleared out of the embedded store every ten minutes", async () => {
    vi.useFakeTimers({ toFake: ["setInterval"] });
    const app = await createTestApp({ sessions: "embedded" });
    app.dependencies.workers.sweep.start();
    const left = async () =>
      (await app.dependencies.database.fork().execute<{ id: string }[]>("select id from sessions")).length;
    await app.signUp();
    await app.signUp({ remember: true });
    app.clock.advance("25h");
    expect(await left()).toBe(2);
    vi.advanceTimersByTime(10 * 60_000);
    vi.useRealTimers();
    await expect.poll(left).toBe(1);
    await app.close();
  });
});

function header(cookies: ReturnType<Client["cookies"]["snapshot"]>): string {
  return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}
