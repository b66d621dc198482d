import type { Activity, LiveSession, PasskeyAssertion, Problem } from "@yumroad/contract";
import { type Client, race, statusesOf } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logInWithPasswordOnly, setUpTotp } from "../../../test/authenticator-app.ts";
import { addPasskey, loginOptions, type Oddities, type PasskeyDevice } from "../../../test/passkey-device.ts";
import {
  canRunOn,
  createTestApp,
  named,
  type Person,
  storeKinds,
  type TestApp,
  whoIs,
} from "../../../test/test-app.ts";
import { changeProfile } from "../account/change-profile.ts";
import { deleteUser } from "../users/delete-user.ts";
import { disableUser } from "../users/disable-user.ts";

const NAME = "__Host-yumroad";
const DEVICE = "__Host-yumroad-device";
const LOGIN = "/api/auth/passkey";
const REAUTHENTICATE = "/api/account/reauthenticate/passkey";
const DAY = 86_400_000;
/** Rate limits have tests of their own. */
const plenty = {
  passkeyOptions: { max: 10_000, windowMs: 1000 },
  wrongPasskeysOfAddress: { max: 10_000, windowMs: 1000 },
};

describe.each(storeKinds)("logging in with a passkey", (store) => {
  describe.skipIf(!canRunOn(store))(named("logging in with a passkey", store), () => {
    let app: TestApp;
    beforeAll(async () => {
      app = await createTestApp({ sessions: store, limits: plenty });
    });
    afterAll(() => app.close());

    interface PersonWithPasskey extends Person {
      device: PasskeyDevice;
      handle: string;
    }
    const personWithPasskey = async (): Promise<PersonWithPasskey> => {
      const person = await app.signUp();
      const { device, passkey } = await addPasskey(person);
      return { ...person, device, handle: passkey.handle };
    };
    const sign = async ({ device }: PersonWithPasskey, odd: Oddities = {}) => device.get(await loginOptions(app), odd);
    const logIn = (passkey: PasskeyAssertion, client = app.visitor(), more: { remember?: boolean } = {}) =>
      client.post<LiveSession & Problem>(LOGIN, { json: { passkey, ...more } });
    const partsOf = () => ({ ...app.dependencies, em: app.dependencies.database.fork() });
    const countOf = async (table: string) => {
      const sql = `select count(*) as count from ${table}`;
      const [row] = await app.dependencies.database.fork().execute<{ count: number }[]>(sql);
      return Number(row?.count);
    };

    it("R72: logs in without a word of an address or a password, and makes the browser known", async () => {
      const person = await personWithPasskey();
      app.clock.advance("1m");
      const client = app.visitor();
      const answer = await logIn(await sign(person), client);
      expect(answer.status).toBe(200);
      expect(answer.json).toEqual({
        user: person.user,
        expiresAt: new Date(app.clock.now() + DAY).toISOString(),
      });
      expect(answer.setCookies.map(({ name }) => name).toSorted()).toEqual([NAME, DEVICE]);
      expect(await whoIs(client)).toEqual(person.user);
      const { json } = await client.get<{ items: { lastUsedAt: string }[] }>("/api/account/passkeys");
      expect(json.items[0]?.lastUsedAt).toBe(new Date(app.clock.now()).toISOString());
    });

    it("R1: is remembered if that is asked for", async () => {
      const person = await personWithPasskey();
      const answer = await logIn(await sign(person), app.visitor(), { remember: true });
      expect(answer.json.expiresAt).toBe(new Date(app.clock.now() + 14 * DAY).toISOString());
      expect(answer.setCookies.find(({ name }) => name === NAME)?.expires).not.toBeNull();
    });

    it("R72: no second factor is asked for: a passkey that its owner unlocks is two", async () => {
      const person = await personWithPasskey();
      await setUpTotp(app, person);
      const client = await logInWithPasswordOnly(app, person);
      expect((await logIn(await sign(person), client)).status).toBe(200);
      expect(await whoIs(client)).toEqual(person.user);
      // A login with a passkey counts as a fresh proof of both factors.
      expect((await client.delete("/api/account/totp")).status).toBe(204);
    });

    it("R3: asking for options makes no session, no cookie and no row, and no two challenges are alike", async () => {
      const before = [await countOf("sessions"), await countOf("used_challenges")];
      const challenges = new Set<string>();
      for (let round = 0; round < 20; round += 1) {
        const answer = await app.visitor().post<{ challenge: string }>("/api/auth/passkey/options");
        expect(answer.setCookies).toEqual([]);
        expect(answer.headers["cache-control"]).toBe("no-store");
        challenges.add(answer.json.challenge);
      }
      expect(challenges.size).toBe(20);
      expect([await countOf("sessions"), await countOf("used_challenges")]).toEqual(before);
    });

    it("R72: options are the same whoever asks: no passkey is named in them", async () => {
      const { json } = await app.visitor().post("/api/auth/passkey/options");
      expect(json).toEqual({
        challenge: expect.stringMatching(/^[\w-]{72}$/),
        rpId: "shop.example",
        timeout: 300_000,
        userVerification: "required",
      });
    });

    it.each<[string, Oddities]>([
      ["given on another site", { origin: "https://evil.example" }],
      ["given on a site below ours", { origin: "https://www.shop.example" }],
      ["given on plain http", { origin: "http://shop.example" }],
      ["given for another site", { rpId: "evil.example" }],
      ["given without a look at who holds the device", { isVerified: false }],
      ["given without anybody there", { isPresent: false }],
      ["that is an answer to something else", { type: "webauthn.create" }],
      ["with a challenge of somebody's own", { challenge: Buffer.alloc(54, 7).toString("base64url") }],
      ["without a challenge", { challenge: "" }],
      ["for nobody", { userHandle: "AAAA" }],
    ])("R72: an answer %s is refused, and nothing is kept of it", async (_, odd) => {
      const person = await personWithPasskey();
      const before = await countOf("used_challenges");
      const client = app.visitor();
      const answer = await logIn(await sign(person, odd), client);
      expect([answer.status, answer.json.code]).toEqual([401, "invalid_passkey"]);
      expect(answer.setCookies).toEqual([]);
      expect(await countOf("used_challenges")).toBe(before);
      expect(await whoIs(client)).toBeNull();
    });

    it("R72: another user's handle is refused, and so is none", async () => {
      const person = await personWithPasskey();
      const other = await personWithPasskey();
      const theirHandle = (await sign(other)).response.userHandle ?? "";
      expect((await logIn(await sign(person, { userHandle: theirHandle }))).status).toBe(401);
      const { userHandle: _, ...response } = (await sign(person)).response;
      expect((await logIn({ ...(await sign(person)), response })).status).toBe(401);
    });

    it("R72: another passkey's name, a signature by another key, and a changed answer are refused", async () => {
      const person = await personWithPasskey();
      const other = await personWithPasskey();
      const good = await sign(person);
      const foreign = await sign(other);
      const { response } = good;
      const flipped = Buffer.from(response.authenticatorData, "base64url");
      flipped.writeUInt32BE(99, 33);
      const wrong: PasskeyAssertion[] = [
        { ...good, id: foreign.id, rawId: foreign.id },
        { ...good, id: "AAAA", rawId: "AAAA" },
        { ...good, rawId: foreign.id },
        { ...good, response: { ...response, signature: foreign.response.signature } },
        { ...good, response: { ...response, signature: "AAAA" } },
        { ...good, response: { ...response, authenticatorData: flipped.toString("base64url") } },
        { ...good, response: { ...response, authenticatorData: "AAAA" } },
        { ...good, response: { ...response, clientDataJSON: foreign.response.clientDataJSON } },
        ...["null", "[]", "{", "{}"].map((text) => ({
          ...good,
          response: { ...response, clientDataJSON: Buffer.from(text).toString("base64url") },
        })),
      ];
      for (const passkey of wrong) {
        const answer = await logIn(passkey);
        expect([answer.status, answer.json.code]).toEqual([401, "invalid_passkey"]);
      }
      expect((await logIn(good)).status).toBe(200);
    });

    it("R72: one refusal for all of it: an unknown passkey, a wrong answer, a disabled account", async () => {
      const unknown = await personWithPasskey();
      await unknown.client.delete(`/api/account/passkeys/${unknown.handle}`);
      const person = await personWithPasskey();
      const disabled = await personWithPasskey();
      await disableUser(partsOf(), disabled.user.id);
      const answers = [
        await logIn(await sign(unknown)),
        await logIn(await sign(person, { isVerified: false })),
        await logIn(await sign(disabled)),
      ];
      const stripped = answers.map(({ status, headers, text }) => {
        const { date: _date, "x-request-id": _id, ...rest } = headers;
        return { status, rest, text: text.replace(/"requestId":"[^"]+"/, "") };
      });
      expect(stripped[0]?.status).toBe(401);
      expect(stripped[1]).toEqual(stripped[0]);
      expect(stripped[2]).toEqual(stripped[0]);
    });

    it("R72: an answer is good once, also with the counter left out of the game", async () => {
      const person = await personWithPasskey();
      const answer = await sign(person, { counter: 0 });
      expect((await logIn(answer)).status).toBe(200);
      expect((await logIn(answer)).status).toBe(401);
      // The challenge is consumed, and not only this answer to it.
      const options = await loginOptions(app);
      expect((await logIn(person.device.get(options, { counter: 0 }))).status).toBe(200);
      expect((await logIn(person.device.get(options, { counter: 0 }))).status).toBe(401);
    });

    it("R72: sent 20 times at once it is one log-in", async () => {
      const person = await personWithPasskey();
      const answer = await sign(person, { counter: 0 });
      const statuses = statusesOf(await race(20, () => logIn(answer)));
      expect(statuses.filter((status) => status === 200)).toHaveLength(1);
      expect(statuses.filter((status) => status === 401)).toHaveLength(19);
    });

    it("R72: a challenge is good for five minutes; what is over by then is cleared out", async () => {
      const person = await personWithPasskey();
      const late = await sign(person);
      app.clock.advance("5m");
      expect((await logIn(late)).status).toBe(401);
      const inTime = await sign(person);
      app.clock.advance("4m");
      expect((await logIn(inTime)).status).toBe(200);
      expect(await countOf("used_challenges")).toBe(1);
    });

    it("R72: a counter that has not grown is refused and logged: there may be a copy", async () => {
      const person = await personWithPasskey();
      expect((await logIn(await sign(person, { counter: 7 }))).status).toBe(200);
      for (const counter of [7, 6, 0]) {
        app.logs.clear();
        expect((await logIn(await sign(person, { counter }))).status).toBe(401);
        expect(app.logs.lines).toContainEqual(
          expect.objectContaining({ event: "passkey_counter_backwards", userId: person.user.id }),
        );
      }
      expect((await logIn(await sign(person, { counter: 4_294_967_295 }))).status).toBe(200);
    });

    it("R72: of two answers with the same counter at once one is right", async () => {
      const person = await personWithPasskey();
      const answers = [await sign(person, { counter: 5 }), await sign(person, { counter: 5 })];
      const statuses = statusesOf(await race(2, (place) => logIn(answers[place] as PasskeyAssertion)));
      expect(statuses.toSorted()).toEqual([200, 401]);
    });

    it("R19: logging in over somebody else's session ends theirs", async () => {
      const other = await app.signUp();
      const theirs = other.client.twin();
      const person = await personWithPasskey();
      expect((await logIn(await sign(person), other.client)).status).toBe(200);
      expect(await whoIs(other.client)).toEqual(person.user);
      expect(await whoIs(theirs)).toBeNull();
    });

    it.each([
      ["disabled", (userId: string) => disableUser(partsOf(), userId)],
      ["deleted", (userId: string) => deleteUser(partsOf(), { userId })],
    ])("R22: an account %s while it is being logged in to gets no session", async (_, change) => {
      const person = await personWithPasskey();
      const { sessionStore } = app.dependencies;
      const set = sessionStore.set.bind(sessionStore);
      const endAllOf = sessionStore.endAllOf.bind(sessionStore);
      await endAllOf(person.user.id);
      // Simulates a read of the sessions right before this one was stored.
      sessionStore.set = (id, session, callback) => {
        sessionStore.set = set;
        sessionStore.endAllOf = async () => 0;
        change(person.user.id)
          .finally(() => {
            sessionStore.endAllOf = endAllOf;
          })
          .then(() => set(id, session, callback), callback);
      };
      const answer = await logIn(await sign(person));
      expect([answer.status, answer.json.code]).toEqual([401, "invalid_passkey"]);
      expect(answer.setCookies).toEqual([]);
      expect(await sessionStore.listOf(person.user.id)).toEqual([]);
    });

    it("R22: a name changed while it is being logged in to is in the session", async () => {
      const person = await personWithPasskey();
      const { sessionStore } = app.dependencies;
      const set = sessionStore.set.bind(sessionStore);
      sessionStore.set = (id, session, callback) => {
        sessionStore.set = set;
        changeProfile(partsOf(), { userId: person.user.id, name: "Renamed" }).then(
          () => set(id, session, callback),
          callback,
        );
      };
      const client = app.visitor();
      expect((await logIn(await sign(person), client)).json.user.name).toBe("Renamed");
      expect((await whoIs(client))?.name).toBe("Renamed");
    });

    it("R78: log-ins and refusals are told of, in the log and to the owner; nothing of the passkey is", async () => {
      const person = await personWithPasskey();
      app.logs.clear();
      const refused = await sign(person, { isVerified: false });
      await logIn(refused);
      const good = await sign(person);
      await logIn(good);
      const events = app.logs.lines.flatMap(({ event }) => (String(event).startsWith("authn_") ? [String(event)] : []));
      expect(events).toEqual(["authn_login_fail", "authn_login_success"]);
      const sql = "select kind from activity where user_id = ?";
      await expect
        .poll(async () => {
          const rows = await app.dependencies.database.fork().execute<Pick<Activity, "kind">[]>(sql, [person.user.id]);
          return rows.map(({ kind }) => kind);
        })
        .toEqual(expect.arrayContaining(events));
      for (const secret of [
        good.id,
        good.response.signature,
        good.response.clientDataJSON,
        refused.response.signature,
      ]) {
        expect(app.logs.text).not.toContain(secret);
      }
    });

    describe("to prove that it is still oneself", () => {
      const prove = (client: Client, passkey: PasskeyAssertion) =>
        client.post<LiveSession & Problem>(REAUTHENTICATE, { json: { passkey } });

      it("R69: is as good as the password: the session goes on under a new id, and what is serious goes through", async () => {
        const person = await personWithPasskey();
        app.clock.advance("11m");
        expect((await person.client.post("/api/account/totp")).status).toBe(403);
        const before = person.client.twin();
        const answer = await prove(person.client, await sign(person));
        expect([answer.status, answer.json.user]).toEqual([200, person.user]);
        expect(person.client.cookies.get(NAME)?.value).not.toBe(before.cookies.get(NAME)?.value);
        expect(await whoIs(before)).toBeNull();
        expect((await person.client.post("/api/account/totp")).status).toBe(201);
      });

      it("R69: somebody else's passkey proves nothing, and is not used up by it", async () => {
        const person = await personWithPasskey();
        const other = await personWithPasskey();
        app.clock.advance("11m");
        const theirs = await sign(other);
        const answer = await prove(person.client, theirs);
        expect([answer.status, answer.json.code]).toEqual([401, "invalid_passkey"]);
        expect((await person.client.post("/api/account/totp")).status).toBe(403);
        expect(await whoIs(person.client)).toEqual(person.user);
        expect((await logIn(theirs)).status).toBe(200);
      });

      it("R69: an answer that has logged in proves nothing again, nor the other way round", async () => {
        const person = await personWithPasskey();
        const first = await sign(person, { counter: 0 });
        expect((await logIn(first)).status).toBe(200);
        expect((await prove(person.client, first)).status).toBe(401);
        const second = await sign(person, { counter: 0 });
        expect((await prove(person.client, second)).status).toBe(200);
        expect((await logIn(second)).status).toBe(401);
      });

      it("R71: half a session proves nothing", async () => {
        const person = await personWithPasskey();
        await setUpTotp(app, person);
        const pending = await logInWithPasswordOnly(app, person);
        expect((await prove(pending, await sign(person))).status).toBe(401);
        expect(await whoIs(pending)).toBeNull();
      });
    });
  });
});

describe.each(storeKinds)("many passkeys from one address", (store) => {
  describe.skipIf(!canRunOn(store))(named("many passkeys from one address", store), () => {
    let app: TestApp;
    beforeAll(async () => {
      const limits = {
        passkeyOptions: { max: 5, windowMs: 300_000 },
        wrongPasskeysOfAddress: { max: 3, windowMs: 3_600_000 },
      };
      app = await createTestApp({ sessions: store, limits });
    });
    afterAll(() => app.close());

    it("R54: options are limited for an address, however many come at once", async () => {
      const ask = (address: string) =>
        app.visitor().post("/api/auth/passkey/options", { headers: { "X-Forwarded-For": address } });
      const outcomes = await race(20, () => ask("203.0.113.1"));
      const statuses = statusesOf(outcomes);
      expect(statuses.filter((status) => status === 200)).toHaveLength(5);
      const refused = await ask("203.0.113.1");
      expect(refused.status).toBe(429);
      expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
      expect((await ask("203.0.113.2")).status).toBe(200);
    });

    it("R54: wrong answers are limited for an address, and right ones never count", async () => {
      const person = await app.signUp();
      const { device } = await addPasskey(person);
      const send = async (odd: Oddities = {}) => {
        const passkey = device.get(await loginOptions(app), odd);
        const headers = { "X-Forwarded-For": "203.0.113.1" };
        const { status } = await app.visitor().post(LOGIN, { json: { passkey }, headers });
        // The options have a limit as well.
        app.clock.advance("5m");
        return status;
      };
      for (let round = 0; round < 4; round += 1) expect(await send()).toBe(200);
      for (let round = 0; round < 3; round += 1) expect(await send({ isVerified: false })).toBe(401);
      expect(await send()).toBe(429);
      app.clock.advance("1h");
      expect(await send()).toBe(200);
    });
  });
});
