import { type Activity, allEndpoints, needsUser, type SessionState } from "@yumroad/contract";
import { pathToNothing } from "@yumroad/scenarios";
import { type Client, race, statusesOf } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logInWithPasswordOnly, setUpTotp, type TotpSetup } from "../../../test/authenticator-app.ts";
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
const PATH = "/api/auth/second-factor";

describe.each(storeKinds)("the second half of a log-in", (store) => {
  describe.skipIf(!canRunOn(store))(named("the second half of a log-in", store), () => {
    let app: TestApp;
    beforeAll(async () => {
      app = await createTestApp({ sessions: store });
    });
    afterAll(() => app.close());

    /** A person with an authenticator app and an unused current code. */
    const personWithApp = async (options: { remember?: boolean } = {}): Promise<Person & TotpSetup> => {
      const person = await app.signUp(options);
      const setUp = await setUpTotp(app, person);
      app.clock.advance("60s");
      return { ...person, ...setUp };
    };
    const give = (client: Client, code: string, headers: Record<string, string> = {}) =>
      client.post<SessionState & { code: string }>(PATH, { json: { code }, headers });

    it("R71: between password and code the session is nobody's: no user, no device, no page of one's own", async () => {
      const person = await personWithApp();
      const pending = app.visitor();
      const { email, password } = person;
      const answer = await pending.post<SessionState>("/api/auth/login", { json: { email, password } });
      const expected = {
        user: null,
        expiresAt: new Date(app.clock.now() + 10 * 60_000).toISOString(),
        ended: false,
        secondFactors: ["totp", "recovery_code"],
      };
      expect([answer.status, answer.json]).toEqual([200, expected]);
      expect(answer.setCookies.map(({ name }) => name)).toEqual([NAME]);
      expect((await pending.get("/api/auth/session")).json).toEqual(expected);
      expect(JSON.stringify(answer.json)).not.toContain(person.user.id);

      const closed = allEndpoints.filter(([, endpoint]) => needsUser(endpoint));
      expect(closed.length).toBeGreaterThan(10);
      for (const [, { method, path }] of closed) {
        const real = pathToNothing(path);
        expect([method, path, (await pending.request({ method, path: real })).status]).toEqual([method, path, 401]);
      }
      expect((await give(pending, person.phone.code())).status).toBe(200);
      expect(await whoIs(pending)).toEqual(person.user);
    });

    it("R71: the code makes it whole, under a new id; the half one is dead", async () => {
      const person = await personWithApp();
      const pending = await logInWithPasswordOnly(app, person);
      const before = pending.twin();
      app.clock.advance("2m");
      const answer = await give(pending, person.phone.code());
      expect(answer.status).toBe(200);
      expect(answer.json).toEqual({
        user: person.user,
        expiresAt: new Date(app.clock.now() + 24 * 3_600_000).toISOString(),
      });
      expect(answer.setCookies.map(({ name }) => name).toSorted()).toEqual([NAME, DEVICE]);
      expect(pending.cookies.get(NAME)?.value).not.toBe(before.cookies.get(NAME)?.value);
      expect(await whoIs(pending)).toEqual(person.user);
      // The session's login time is the time of completion.
      const whole = (await app.dependencies.sessionStore.listOf(person.user.id)).map(({ record }) => record.loggedInAt);
      expect(whole).toContain(app.clock.now());
      expect((await before.get("/api/auth/session")).json).toEqual({ user: null, expiresAt: null, ended: true });
      expect((await give(before, person.phone.code(1))).status).toBe(401);
      expect((await give(pending, person.phone.code(1))).status).toBe(401);
      // The second factor is a fresh proof: what requires one succeeds.
      expect((await pending.post("/api/account/recovery-codes")).status).toBe(200);
    });

    it("R1: “remember me” is kept across the second factor, and no half session has a date", async () => {
      const person = await personWithApp();
      const pending = app.visitor();
      const { email, password } = person;
      const { setCookies } = await pending.post("/api/auth/login", { json: { email, password, remember: true } });
      expect(setCookies[0]?.expires ?? null).toBeNull();
      const answer = await give(pending, person.phone.code());
      const end = new Date(app.clock.now() + 14 * 86_400_000).toISOString();
      expect(answer.json.expiresAt).toBe(end);
      expect(answer.setCookies.find(({ name }) => name === NAME)?.expires).not.toBeNull();
    });

    it("R78: half a log-in is told of as such, and as one when it is whole; a wrong code is told of as well", async () => {
      const person = await personWithApp();
      app.logs.clear();
      const pending = await logInWithPasswordOnly(app, person);
      expect(app.logs.text).not.toContain("authn_login_success");
      await give(pending, person.phone.wrongCode());
      expect(app.logs.text).not.toContain("authn_login_success");
      await give(pending, person.recoveryCodes[0] ?? "");
      const events = app.logs.lines.flatMap(({ event }) => (String(event).startsWith("authn_") ? [String(event)] : []));
      const rest = ["authn_factor_fail", "authn_recovery_code_used", "authn_login_success"];
      expect(events).toEqual(["authn_login_half", ...rest]);
      await expect.poll(async () => kindsIn(person)).toEqual(expect.arrayContaining(events));
    });

    const kindsIn = async ({ user }: Pick<Person, "user">) => {
      const sql = "select kind from activity where user_id = ?";
      const rows = await app.dependencies.database.fork().execute<Pick<Activity, "kind">[]>(sql, [user.id]);
      return rows.map(({ kind }) => kind);
    };

    it.each([
      ["this step's", 0, 200],
      ["the step before's", -1, 200],
      ["the next step's", 1, 200],
      ["that of two steps before", -2, 422],
      ["that of two steps later", 2, 422],
    ])("R70: %s code (%i) is answered %i", async (_, steps, status) => {
      const person = await personWithApp();
      app.clock.advance("60s");
      const pending = await logInWithPasswordOnly(app, person);
      const answer = await give(pending, person.phone.code(steps));
      expect(answer.status).toBe(status);
      if (status === 422) expect(answer.json.code).toBe("invalid_code");
      expect((await whoIs(pending)) !== null).toBe(status === 200);
    });

    it("R70: a code is typed with blanks or a dash as well", async () => {
      const person = await personWithApp();
      const code = person.phone.code();
      expect(
        (await give(await logInWithPasswordOnly(app, person), ` ${code.slice(0, 3)} ${code.slice(3)} `)).status,
      ).toBe(200);
      const next = person.phone.code(1);
      expect(
        (await give(await logInWithPasswordOnly(app, person), `${next.slice(0, 3)}-${next.slice(3)}`)).status,
      ).toBe(200);
    });

    it("R70: each step is taken once: not the code again, nor that of a step before it", async () => {
      const person = await personWithApp();
      app.clock.advance("60s");
      expect((await give(await logInWithPasswordOnly(app, person), person.phone.code())).status).toBe(200);
      const again = await logInWithPasswordOnly(app, person);
      expect((await give(again, person.phone.code())).json.code).toBe("invalid_code");
      expect((await give(again, person.phone.code(-1))).json.code).toBe("invalid_code");
      expect((await give(again, person.phone.code(1))).status).toBe(200);
    });

    it("R70: the code that set it up logs nobody in", async () => {
      const person = await app.signUp();
      const { phone } = await setUpTotp(app, person);
      expect((await give(await logInWithPasswordOnly(app, person), phone.code())).json.code).toBe("invalid_code");
    });

    it("R70: one code in 20 browsers at once is one log-in", async () => {
      const person = await personWithApp();
      const halves: Client[] = [];
      for (let place = 0; place < 20; place += 1) halves.push(await logInWithPasswordOnly(app, person));
      // Each from an address of its own, so that the rate limit does not decide.
      const statuses = statusesOf(
        await race(20, (place) =>
          give(halves[place] as Client, person.phone.code(), { "X-Forwarded-For": `198.51.100.${place}` }),
        ),
      );
      expect(statuses.filter((status) => status === 200)).toHaveLength(1);
      expect(statuses.filter((status) => status === 422)).toHaveLength(19);
    });

    it("R70: one recovery code in 20 browsers at once is one log-in, and never good again", async () => {
      const person = await personWithApp();
      const [code = ""] = person.recoveryCodes;
      const halves: Client[] = [];
      for (let place = 0; place < 20; place += 1) halves.push(await logInWithPasswordOnly(app, person));
      const statuses = statusesOf(
        await race(20, (place) => give(halves[place] as Client, code, { "X-Forwarded-For": `198.51.100.${place}` })),
      );
      expect(statuses.filter((status) => status === 200)).toHaveLength(1);
      app.clock.advance("24h");
      expect((await give(await logInWithPasswordOnly(app, person), code)).json.code).toBe("invalid_code");
      const { client } = person;
      await logInWithPasswordOnly(app, person, { client });
      expect((await give(client, person.recoveryCodes[1] ?? "")).status).toBe(200);
      expect((await client.get("/api/account/factors")).json).toMatchObject({ recoveryCodesLeft: 8 });
    });

    it("R70: a recovery code is good however it is typed, and for its own account alone", async () => {
      const person = await personWithApp();
      const other = await personWithApp();
      const [first = "", second = ""] = person.recoveryCodes;
      expect((await give(await logInWithPasswordOnly(app, other), first)).json.code).toBe("invalid_code");
      const sloppy = first.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l");
      expect((await give(await logInWithPasswordOnly(app, person), sloppy)).status).toBe(200);
      expect((await give(await logInWithPasswordOnly(app, person), second.replaceAll("-", ""))).status).toBe(200);
    });

    it("R71: one half session with two right codes at once is one log-in", async () => {
      const person = await personWithApp();
      const pending = await logInWithPasswordOnly(app, person);
      const twins = Array.from({ length: 5 }, () => pending.twin());
      const statuses = statusesOf(
        await race(5, (place) => give(twins[place] as Client, person.recoveryCodes[place] ?? "")),
      );
      expect(statuses.toSorted()).toEqual([200, 401, 401, 401, 401]);
    });

    it("R54: the sixth wrong code waits, and even the right one does; from another address it need not", async () => {
      const person = await personWithApp();
      const pending = await logInWithPasswordOnly(app, person);
      const statuses: number[] = [];
      for (let round = 0; round < 6; round += 1) statuses.push((await give(pending, person.phone.wrongCode())).status);
      expect(statuses).toEqual([422, 422, 422, 422, 422, 429]);
      const refused = await give(pending, person.phone.code());
      expect([refused.status, refused.json.code]).toEqual([429, "rate_limited"]);
      expect(Number(refused.headers["retry-after"])).toBeGreaterThan(14 * 60);
      expect((await give(pending, person.phone.code(), { "X-Forwarded-For": "203.0.113.9" })).status).toBe(200);
    });

    it("R55: a right code sets the count of where it comes from back", async () => {
      const person = await personWithApp();
      for (const step of [0, 1]) {
        const pending = await logInWithPasswordOnly(app, person);
        for (let wrong = 0; wrong < 4; wrong += 1) {
          expect((await give(pending, person.phone.wrongCode())).status).toBe(422);
        }
        expect((await give(pending, person.phone.code(step))).status).toBe(200);
      }
    });

    it("R54: thirty at once get no further than thirty in a row", async () => {
      const person = await personWithApp();
      const pending = await logInWithPasswordOnly(app, person);
      const statuses = statusesOf(await race(30, () => give(pending.twin(), person.phone.wrongCode())));
      expect(statuses.filter((status) => status === 422)).toHaveLength(5);
      expect(statuses.filter((status) => status === 429)).toHaveLength(25);
    });

    it("R54: twenty for one account in a day, from wherever; logging in again with the password clears nothing", async () => {
      const person = await personWithApp();
      for (let address = 1; address <= 4; address += 1) {
        for (let round = 0; round < 5; round += 1) {
          const pending = await logInWithPasswordOnly(app, person);
          const code = person.phone.wrongCode();
          expect((await give(pending, code, { "X-Forwarded-For": `203.0.113.${address}` })).status).toBe(422);
        }
      }
      const pending = await logInWithPasswordOnly(app, person);
      expect((await give(pending, person.phone.code(), { "X-Forwarded-For": "203.0.113.99" })).status).toBe(429);
    });

    it("R56: wrong codes count for the account in every browser: a known one has no tries of its own", async () => {
      const person = await personWithApp();
      const known = await logInWithPasswordOnly(app, person);
      expect((await give(known, person.phone.code())).status).toBe(200);
      app.clock.advance("30s");
      await logInWithPasswordOnly(app, person, { client: known });
      for (let round = 0; round < 20; round += 1) {
        const address = { "X-Forwarded-For": `203.0.113.${1 + Math.floor(round / 5)}` };
        expect((await give(known, person.phone.wrongCode(), address)).status).toBe(422);
      }
      const elsewhere = { "X-Forwarded-For": "203.0.113.99" };
      expect((await give(known, person.phone.wrongCode(), elsewhere)).status).toBe(429);
      expect((await give(await logInWithPasswordOnly(app, person), person.phone.code(), elsewhere)).status).toBe(429);
    });

    it("R56: half a log-in makes no browser known", async () => {
      const person = await personWithApp();
      const pending = await logInWithPasswordOnly(app, person);
      await give(pending, person.phone.wrongCode());
      expect(pending.cookies.get(DEVICE)).toBeUndefined();
    });

    it("R17: a log-out that comes while the code is looked at is final", async () => {
      const person = await personWithApp();
      const pending = await logInWithPasswordOnly(app, person);
      const { sessionStore } = app.dependencies;
      const move = sessionStore.move.bind(sessionStore);
      const before = pending.twin();
      sessionStore.move = async (...given) => {
        sessionStore.move = move;
        await pending.twin().post("/api/auth/logout");
        return move(...given);
      };
      const answer = await give(pending, person.phone.code());
      expect([answer.status, answer.json.code]).toEqual([401, "unauthenticated"]);
      expect(answer.setCookies).toEqual([]);
      expect(await whoIs(before)).toBeNull();
    });

    it("R71: after ten minutes it is over, however much it was used", async () => {
      const person = await personWithApp();
      const pending = await logInWithPasswordOnly(app, person, { remember: true });
      app.clock.advance("9m");
      expect((await pending.get<SessionState>("/api/auth/session")).json).toMatchObject({ user: null, ended: false });
      app.clock.advance("1m");
      expect((await pending.get("/api/auth/session")).json).toEqual({ user: null, expiresAt: null, ended: true });
      expect((await give(pending, person.phone.code())).status).toBe(401);
    });

    it.each([
      ["disabled", ({ user }: Person) => disableUser(partsOf(), user.id)],
      ["deleted", ({ user }: Person) => deleteUser(partsOf(), { userId: user.id })],
    ])("R22: it ends when its account is %s", async (_, change) => {
      const person = await personWithApp();
      const pending = await logInWithPasswordOnly(app, person);
      await change(person);
      expect((await pending.get("/api/auth/session")).json).toMatchObject({ user: null, ended: true });
      expect((await give(pending, person.phone.code())).status).toBe(401);
    });

    const partsOf = () => ({ ...app.dependencies, em: app.dependencies.database.fork() });

    it("R22: it ends when the password that began it is changed", async () => {
      const person = await app.signUp();
      const { phone } = await setUpTotp(app, person);
      app.clock.advance("60s");
      const pending = await logInWithPasswordOnly(app, person);
      const json = { currentPassword: person.password, password: "another good password of ours" };
      expect((await person.client.post("/api/account/password", { json })).status).toBe(200);
      expect((await pending.get("/api/auth/session")).json).toMatchObject({ user: null, ended: true });
      expect((await give(pending, phone.code())).status).toBe(401);
    });

    it("R22: it is among its user's sessions, so that whatever ends all of them ends it", async () => {
      const person = await personWithApp();
      const pending = await logInWithPasswordOnly(app, person);
      const { sessionStore } = app.dependencies;
      const halves = (await sessionStore.listOf(person.user.id)).filter(({ record }) => record.isPending);
      expect(halves).toHaveLength(1);
      await sessionStore.endAllOf(person.user.id);
      expect((await give(pending, person.phone.code())).status).toBe(401);
    });

    it.each([
      ["disabled", (userId: string) => disableUser(partsOf(), userId)],
      ["deleted", (userId: string) => deleteUser(partsOf(), { userId })],
    ])("R22: an account %s while the code is looked at gets no session", async (_, change) => {
      const person = await personWithApp();
      await person.client.post("/api/auth/logout");
      const pending = await logInWithPasswordOnly(app, person);
      const { sessionStore } = app.dependencies;
      const move = sessionStore.move.bind(sessionStore);
      sessionStore.move = async (...given) => {
        sessionStore.move = move;
        const isMoved = await move(...given);
        // Simulates a read of the sessions right before this one was stored.
        const endAllOf = sessionStore.endAllOf.bind(sessionStore);
        sessionStore.endAllOf = async () => 0;
        await change(person.user.id);
        sessionStore.endAllOf = endAllOf;
        return isMoved;
      };
      const answer = await give(pending, person.phone.code());
      expect([answer.status, answer.json.code]).toEqual([401, "unauthenticated"]);
      expect(answer.setCookies).toEqual([]);
      expect(await sessionStore.listOf(person.user.id)).toEqual([]);
    });

    it("R22: a name changed while the code is looked at is in the session", async () => {
      const person = await personWithApp();
      const pending = await logInWithPasswordOnly(app, person);
      const { sessionStore } = app.dependencies;
      const move = sessionStore.move.bind(sessionStore);
      sessionStore.move = async (...given) => {
        sessionStore.move = move;
        await changeProfile(partsOf(), { userId: person.user.id, name: "Renamed" });
        return move(...given);
      };
      expect((await give(pending, person.phone.code())).json.user?.name).toBe("Renamed");
      expect((await whoIs(pending))?.name).toBe("Renamed");
    });

    it("R71: a code given for somebody else's half session is theirs to refuse", async () => {
      const person = await personWithApp();
      const other = await personWithApp();
      expect((await give(await logInWithPasswordOnly(app, person), other.phone.code())).json.code).toBe("invalid_code");
    });

    it("R19: another log-in over it ends it", async () => {
      const person = await personWithApp();
      const pending = await logInWithPasswordOnly(app, person);
      const before = pending.twin();
      const other = await app.signUp();
      await app.logIn(other, { client: pending });
      expect((await give(before, person.phone.code())).status).toBe(401);
    });
  });
});
