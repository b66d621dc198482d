import type { Account, Factors, LiveSession, Problem } from "@yumroad/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logInWithPasswordOnly, setUpTotp } from "../../../test/authenticator-app.ts";
import { eventsOf, signUpProven } from "../../../test/mailed-links.ts";
import {
  canRunOn,
  createTestApp,
  named,
  type Person,
  storeKinds,
  type TestApp,
  whoIs,
} from "../../../test/test-app.ts";
import { disableUser } from "../users/disable-user.ts";

const PATH = "/api/account/reauthenticate";

describe.each(storeKinds)("proving that it is still oneself", (store) => {
  describe.skipIf(!canRunOn(store))(named("proving that it is still oneself", store), () => {
    let app: TestApp;
    beforeAll(async () => {
      app = await createTestApp({ sessions: store, mail: true });
    });
    afterAll(() => app.close());

    const prove = ({ client }: Pick<Person, "client">, password: string) =>
      client.post<LiveSession & Problem>(PATH, { json: { password } });

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
      // R56: these attempts do not count in the owner's own browser.
      expect((await prove(person, person.password)).status).toBe(200);
    });

    it("a wrong password leaves the session as it was, and as stale", async () => {
      const person = await app.signUp();
      app.clock.advance("11m");
      const answer = await prove(person, `${person.password} `);
      expect([answer.status, answer.setCookies]).toEqual([401, []]);
      expect(await whoIs(person.client)).not.toBeNull();
      expect((await person.client.post("/api/account/totp")).status).toBe(403);
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

    describe("with an authenticator app", () => {
      /** A person whose login is no longer fresh, and whose app has an unused code. */
      const stalePersonWithApp = async () => {
        const person = await signUpProven(app);
        const setUp = await setUpTotp(app, person);
        app.clock.advance("11m");
        return { ...person, ...setUp };
      };
      const give = ({ client }: Pick<Person, "client">, password: string, code?: string) =>
        client.post<LiveSession & Problem>(PATH, { json: { password, ...(code !== undefined && { code }) } });
      const remove = async ({ client }: Pick<Person, "client">) =>
        (await client.delete<Problem>("/api/account/totp")).status;

      it("R69: the password alone is not enough where an app is set up: a code is asked for, and nothing is told", async () => {
        const person = await stalePersonWithApp();
        const answers = [await give(person, person.password), await give(person, "not the password")];
        for (const { status, json, setCookies } of answers) {
          expect([status, json.code, setCookies]).toEqual([422, "invalid_input", []]);
          expect(json.issues).toMatchObject([
            { path: ["code"], message: "Enter the code of your authenticator app, or a recovery code" },
          ]);
        }
        expect(await remove(person)).toBe(403);
      });

      it("R69: without a code nothing is counted", async () => {
        const person = await stalePersonWithApp();
        for (let tries = 0; tries < 12; tries += 1) await give(person, "not the password");
        expect((await give(person, person.password, person.phone.code())).status).toBe(200);
      });

      it("R69: password and code are enough, and what is serious goes through", async () => {
        const person = await stalePersonWithApp();
        const before = person.client.twin();
        const answer = await give(person, person.password, person.phone.code());
        expect([answer.status, answer.json.user]).toEqual([200, person.user]);
        expect(await whoIs(before)).toBeNull();
        expect(await remove(person)).toBe(204);
      });

      it("R69, R70: a code is good once, at the log-in and here together", async () => {
        const person = await stalePersonWithApp();
        const code = person.phone.code();
        expect((await give(person, person.password, code)).status).toBe(200);
        const again = await give(person, person.password, code);
        expect([again.status, again.json.code]).toEqual([422, "invalid_code"]);
        const pending = await logInWithPasswordOnly(app, person);
        expect((await pending.post("/api/auth/second-factor", { json: { code } })).status).toBe(422);
      });

      it("R69, R70: a recovery code does as well, once, and is told of by mail and in the activity", async () => {
        const person = await stalePersonWithApp();
        const [code = ""] = person.recoveryCodes;
        expect((await give(person, person.password, code)).status).toBe(200);
        expect((await give(person, person.password, code)).json.code).toBe("invalid_code");
        const { json } = await person.client.get<Factors>("/api/account/factors");
        expect(json.recoveryCodesLeft).toBe(9);
        const mail = await app.mailbox.last(person.email);
        expect(mail.subject).toBe("A recovery code was used");
        expect(mail.text).toContain("one of your recovery codes were entered");
        await expect.poll(() => eventsOf(app, person)).toContain("authn_recovery_code_used");
      });

      it("R69: a wrong password is refused as ever, and the code is good as before", async () => {
        const person = await stalePersonWithApp();
        const code = person.phone.code();
        const answer = await give(person, "not the password", code);
        expect([answer.status, answer.json.code]).toEqual([401, "invalid_credentials"]);
        expect((await give(person, person.password, code)).status).toBe(200);
      });

      it("R54, R69: a wrong code proves nothing and turns no id, is noted, and is counted like one of a log-in", async () => {
        const person = await stalePersonWithApp();
        for (let tries = 0; tries < 5; tries += 1) {
          const answer = await give(person, person.password, person.phone.wrongCode());
          expect([answer.status, answer.json.code, answer.setCookies]).toEqual([422, "invalid_code", []]);
        }
        expect(await remove(person)).toBe(403);
        const over = await give(person, person.password, person.phone.code());
        expect([over.status, over.json.code]).toEqual([429, "rate_limited"]);
        await expect.poll(() => eventsOf(app, person)).toContain("authn_factor_fail");
        await logInWithPasswordOnly(app, person, { client: person.client });
        const json = { code: person.phone.code() };
        expect((await person.client.post("/api/auth/second-factor", { json })).status).toBe(429);
      });

      it("R69: a new password, given with the current one, makes nothing fresh: a code would be asked for", async () => {
        const person = await stalePersonWithApp();
        await give(person, person.password, person.phone.code());
        app.clock.advance("9m");
        const json = { currentPassword: person.password, password: "quince jelly under the stairs" };
        expect((await person.client.post("/api/account/password", { json })).status).toBe(200);
        app.clock.advance("2m");
        expect(await remove(person)).toBe(403);
      });

      it("R69: where none is set up, or one is only begun, a code is not looked at", async () => {
        const person = await signUpProven(app);
        await person.client.post("/api/account/totp");
        app.clock.advance("11m");
        expect((await give(person, person.password, "123456")).status).toBe(200);
        expect((await give(person, person.password)).status).toBe(200);
      });
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
    const price = { amount: 100, currency: "EUR" };
    await person.client.post("/api/products", { json: { name: "Field notes", price } });
    const elsewhere = await app.logIn(person);
    const { status, json } = await person.client.patch<Account>("/api/account", { json: { name: "  Mira O.  " } });
    expect([status, json.user.name, json.user.store?.name]).toEqual([200, "Mira O.", "Mira Okafor"]);
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
