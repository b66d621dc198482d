import type { Account, LiveSession, Problem } from "@yumroad/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  canRunOn,
  createTestApp,
  named,
  type Person,
  storeKinds,
  type TestApp,
  whoIs,
} from "../../../test/test-app.ts";
import { disableUser } from "./disable-user.ts";

const PATH = "/api/account/reauthenticate";

describe.each(storeKinds)("proving that it is still oneself", (store) => {
  describe.skipIf(!canRunOn(store))(named("proving that it is still oneself", store), () => {
    let app: TestApp;
    beforeAll(async () => {
      app = await createTestApp({ sessions: store });
    });
    afterAll(() => app.close());

    const prove = ({ client }: Pick<Person, "client">, password: string) =>
      client.post<LiveSession & Problem>(PATH, { json: { password } });

    it("R4: the session goes on under a new id, and the old one is dead", async () => {
      const person = await app.signUp();
      app.clock.advance("3h");
      await whoIs(person.client);
      const before = person.client.cookies.snapshot();
      const cookie = person.client.cookies.get("__Host-yumroad")?.value;
      const answer = await prove(person, person.password);
      expect(answer.status).toBe(200);
      expect(answer.json.user.id).toBe(person.user.id);
      expect(person.client.cookies.get("__Host-yumroad")?.value).not.toBe(cookie);
      expect(await whoIs(person.client)).not.toBeNull();
      const thief = person.client.twin(before);
      expect(await whoIs(thief)).toBeNull();
    });

    it("R66: when the session ends at the latest does not change, remembered or not", async () => {
      for (const { remember, days } of [
        { remember: false, days: 7 },
        { remember: true, days: 30 },
      ]) {
        const person = await app.signUp({ remember });
        const begunAt = app.clock.now();
        for (let day = 1; day < days; day += 0.5) {
          app.clock.advance("12h");
          await whoIs(person.client);
        }
        app.clock.advance("11h");
        const { json } = await prove(person, person.password);
        expect(Date.parse(json.expiresAt)).toBe(begunAt + days * 86_400_000);
        const expires = person.client.cookies.get("__Host-yumroad")?.expires;
        if (remember) expect(Number(expires)).toBe(Math.floor((begunAt + days * 86_400_000) / 1000) * 1000);
        else expect(expires ?? null).toBeNull();
      }
    });

    it("R54: wrong passwords count as at the log-in, and together with those", async () => {
      const person = await app.signUp();
      const stranger = app.visitor();
      stranger.cookies.restore(person.client.cookies.snapshot().filter(({ name }) => name === "__Host-yumroad"));
      for (let tries = 0; tries < 3; tries += 1) {
        const answer = await prove({ client: stranger }, "not the password");
        expect([answer.status, answer.json.code]).toEqual([401, "invalid_credentials"]);
      }
      const json = { email: person.email, password: "not the password" };
      for (let tries = 0; tries < 2; tries += 1) {
        expect((await app.visitor().post("/api/auth/login", { json })).status).toBe(401);
      }
      const over = await prove({ client: stranger }, person.password);
      expect([over.status, over.json.code]).toEqual([429, "rate_limited"]);
      expect(Number(over.headers["retry-after"])).toBeGreaterThan(0);
      // R56: in the owner's own browser nothing of that counts.
      expect((await prove(person, person.password)).status).toBe(200);
    });

    it("a wrong password leaves the session as it was, and as stale", async () => {
      const person = await app.signUp();
      app.clock.advance("11m");
      const answer = await prove(person, `${person.password} `);
      expect([answer.status, answer.setCookies]).toEqual([401, []]);
      expect(await whoIs(person.client)).not.toBeNull();
      expect((await person.client.delete("/api/account/sessions")).status).toBe(403);
    });

    it.each(["logged out", "disabled"])("R17: a session that is %s meanwhile does not come back by it", async (how) => {
      const person = await app.signUp();
      const { hasher, database, clock, sessionStore } = app.dependencies;
      const verify = hasher.verify.bind(hasher);
      hasher.verify = async (...given) => {
        const twin = person.client.twin();
        if (how === "logged out") await twin.post("/api/auth/logout");
        else await disableUser({ em: database.fork(), clock, sessionStore }, person.user.id);
        return verify(...given);
      };
      const answer = await prove(person, person.password);
      hasher.verify = verify;
      expect([answer.status, answer.setCookies.filter(({ name }) => name === "__Host-yumroad")]).toEqual([401, []]);
      expect(await whoIs(person.client)).toBeNull();
    });

    it("R22: a name that changes while the session gets its new id is the one that it has then", async () => {
      const person = await app.signUp();
      const otherTab = person.client.twin();
      const { sessionStore } = app.dependencies;
      const move = sessionStore.move.bind(sessionStore);
      sessionStore.move = async (...given) => {
        sessionStore.move = move;
        await otherTab.patch("/api/account", { json: { name: "Renamed" } });
        return move(...given);
      };
      expect((await prove(person, person.password)).json.user.name).toBe("Renamed");
      expect((await whoIs(person.client))?.name).toBe("Renamed");
    });

    it("is for whoever is logged in", async () => {
      expect((await prove({ client: app.visitor() }, "whatever it is")).json.code).toBe("unauthenticated");
    });
  });
});

describe("one's own account", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp();
  });
  afterAll(() => app.close());

  it("is shown to its owner", async () => {
    const { client, user } = await app.signUp();
    const { json } = await client.get<Account>("/api/account");
    const createdAt = new Date(app.clock.now()).toISOString();
    expect(json).toMatchObject({
      user,
      isEmailVerified: false,
      pendingEmail: null,
      createdAt,
      passwordChangedAt: createdAt,
      deletionAt: null,
    });
  });

  it("R22: a changed name is in the account and in each session, and the store keeps its own", async () => {
    const person = await app.signUp({ name: "Mira Okafor" });
    const elsewhere = await app.logIn(person);
    const { status, json } = await person.client.patch<Account>("/api/account", { json: { name: "  Mira O.  " } });
    expect([status, json.user.name, json.user.store.name]).toEqual([200, "Mira O.", "Mira Okafor"]);
    expect((await whoIs(elsewhere.client))?.name).toBe("Mira O.");
  });

  it("R22: changed twice at once, each session has the name that the account has", async () => {
    const person = await app.signUp();
    const otherTab = person.client.twin();
    const { sessionStore } = app.dependencies;
    const rewriteUser = sessionStore.rewriteUser.bind(sessionStore);
    sessionStore.rewriteUser = async (...given) => {
      sessionStore.rewriteUser = rewriteUser;
      await otherTab.patch("/api/account", { json: { name: "Second" } });
      return rewriteUser(...given);
    };
    await person.client.patch("/api/account", { json: { name: "First" } });
    expect((await person.client.get<Account>("/api/account")).json.user.name).toBe("Second");
    expect((await whoIs(person.client))?.name).toBe("Second");
  });

  it("of somebody who was deleted is nobody's", async () => {
    const { client, user } = await app.signUp();
    await app.dependencies.database.fork().execute("delete from users where id = ?", [user.id]);
    expect((await client.get("/api/account")).status).toBe(401);
    expect((await client.patch("/api/account", { json: { name: "Ada" } })).status).toBe(401);
  });
});
