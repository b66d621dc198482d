import type { Factors, Passkey, Problem, RecoveryCodes, SessionState } from "@yumroad/contract";
import { type Client, holdCalls, race } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAuthenticatorApp, logInWithPasswordOnly, setUpTotp } from "../../../test/authenticator-app.ts";
import { signUpProven } from "../../../test/mailed-links.ts";
import { addPasskey, createPasskeyDevice, loginOptions } from "../../../test/passkey-device.ts";
import {
  canRunOn,
  createTestApp,
  named,
  type Person,
  storeKinds,
  type TestApp,
  whoIs,
} from "../../../test/test-app.ts";
import { accountNamed, userCommands } from "../../cli/user-commands.ts";
import { SessionStoreUnavailable } from "../../platform/sessions/session-store.ts";

const TOTP = "/api/account/totp";
const RENEW = "/api/account/recovery-codes";
const PASSKEYS = "/api/account/passkeys";
const OPTIONS = "/api/account/passkey-options";
const REAUTHENTICATE = "/api/account/reauthenticate";
const MANY = { max: 1000, windowMs: 60_000 };
const RACERS = 4;

type CreationOptions = Parameters<ReturnType<typeof createPasskeyDevice>["create"]>[0];

describe.each(storeKinds)("a change that gives the session a new id", (store) => {
  describe.skipIf(!canRunOn(store))(named("a change that gives the session a new id", store), () => {
    let app: TestApp;
    beforeAll(async () => {
      const limits = { passkeysPerAccount: 6, wrongCodesFromDevice: MANY, wrongPasswordsFromKnownBrowser: MANY };
      app = await createTestApp({ sessions: store, mail: true, limits });
    });
    afterAll(() => app.close());

    /** Sends several requests at once with one cookie; all are admitted before the first continues. */
    async function raced<Answer>(
      { client }: Pick<Person, "client">,
      ask: (client: Client, place: number) => Promise<Answer>,
    ): Promise<Answer[]> {
      const twins = Array.from({ length: RACERS }, () => client.twin());
      const door = holdCalls(app.dependencies.sessionStore, "get");
      const outcomes = race(RACERS, (place) => ask(twins[place] as Client, place));
      await door.arrived(RACERS);
      door.open();
      const answers = (await outcomes).map((outcome) => {
        if (outcome.status === "rejected") throw outcome.reason;
        return outcome.value;
      });
      const statuses = answers.map((answer) => (answer as { status: number }).status);
      const winner = twins[statuses.findIndex((status) => status < 300)];
      expect(statuses.filter((status) => status >= 500)).toEqual([]);
      if (winner) client.cookies.restore(winner.cookies.snapshot());
      return answers;
    }

    const rowsOf = async (sql: string, { user }: Pick<Person, "user">) =>
      app.dependencies.database.fork().execute<Record<string, unknown>[]>(sql, [user.id]);
    const factorsOf = async ({ client }: Pick<Person, "client">) =>
      (await client.get<Factors>("/api/account/factors")).json;
    const passkeysOf = async ({ client }: Pick<Person, "client">) =>
      (await client.get<{ items: Passkey[] }>(PASSKEYS)).json.items;
    const subjectsTo = async ({ email }: Person) => (await app.mailbox.to(email)).map(({ subject }) => subject);
    const statusesOf = (answers: { status: number }[]) => answers.map(({ status }) => status).toSorted((a, b) => a - b);
    const personWithApp = async () => {
      const person = await signUpProven(app);
      const setUp = await setUpTotp(app, person);
      app.clock.advance("60s");
      return { ...person, ...setUp };
    };
    const attestationFor = async ({ client }: Pick<Person, "client">) =>
      createPasskeyDevice().create((await client.post<CreationOptions>(OPTIONS)).json);
    /** Runs `happen` while the next session is rotated. */
    const afterTheMove = (happen: () => Promise<unknown>) => {
      const { sessionStore } = app.dependencies;
      const move = sessionStore.move.bind(sessionStore);
      sessionStore.move = async (...given) => {
        sessionStore.move = move;
        const isMoved = await move(...given);
        await happen();
        return isMoved;
      };
    };

    it("R4, R70: of recovery codes renewed several times at once, those that are shown are those that work", async () => {
      const person = await personWithApp();
      const answers = await raced(person, (client) => client.post<RecoveryCodes & Problem>(RENEW));
      expect(statusesOf(answers)).toEqual([200, 401, 401, 401]);
      const shown = answers.find(({ status }) => status === 200)?.json.recoveryCodes ?? [];
      const pending = await logInWithPasswordOnly(app, person);
      expect((await pending.post("/api/auth/second-factor", { json: { code: shown[0] } })).status).toBe(200);
      expect((await subjectsTo(person)).filter((subject) => /new recovery codes/.test(subject))).toHaveLength(1);
    });

    it("R4, R70: an app confirmed several times at once is set up by the one request that is told so", async () => {
      const person = await signUpProven(app);
      const { json } = await person.client.post<{ secret: string }>(TOTP);
      const code = createAuthenticatorApp(app, json.secret).code();
      const confirmed = await raced(person, (client) =>
        client.post<RecoveryCodes>(`${TOTP}/confirm`, { json: { code } }),
      );
      expect(statusesOf(confirmed).filter((status) => status === 200)).toHaveLength(1);
      const shown = confirmed.find(({ status }) => status === 200)?.json.recoveryCodes ?? [];
      const pending = await logInWithPasswordOnly(app, person);
      expect((await pending.post("/api/auth/second-factor", { json: { code: shown[0] } })).status).toBe(200);
    });

    it("R4, R72: passkeys added at once with one session: those that are kept are those that were answered 201", async () => {
      const person = await signUpProven(app);
      const made = await Promise.all(Array.from({ length: RACERS }, () => attestationFor(person)));
      const answers = await raced(person, (client, place) =>
        client.post<Passkey & Problem>(PASSKEYS, { json: { passkey: made[place], name: `Number ${place}` } }),
      );
      expect(statusesOf(answers)).toEqual([201, 401, 401, 401]);
      expect(await passkeysOf(person)).toEqual(answers.filter(({ status }) => status === 201).map(({ json }) => json));
      // A refused proof was not consumed.
      const refused = answers.findIndex(({ status }) => status === 401);
      const again = { json: { passkey: made[refused], name: "Again" } };
      expect((await person.client.post(PASSKEYS, again)).status).toBe(201);
    });

    it("R4, R72: of passkeys removed at once with one session, only what was answered 204 is gone", async () => {
      const person = await signUpProven(app);
      const handles: string[] = [];
      for (let place = 0; place < RACERS; place += 1) handles.push((await addPasskey(person)).passkey.handle);
      const answers = await raced(person, (client, place) => client.delete<Problem>(`${PASSKEYS}/${handles[place]}`));
      expect(statusesOf(answers)).toEqual([204, 401, 401, 401]);
      const refused = handles.filter((_, place) => answers[place]?.status === 401);
      expect((await passkeysOf(person)).map(({ handle }) => handle)).toEqual(refused);
    });

    it("R4, R53: of new passwords given at once with one session, the one that was answered 200 is the password", async () => {
      const person = await signUpProven(app);
      const passwords = Array.from({ length: RACERS }, (_, place) => `quince jelly, jar ${place} of many`);
      const answers = await raced(person, (client, place) =>
        client.post<Problem>("/api/account/password", {
          json: { currentPassword: person.password, password: passwords[place] },
        }),
      );
      expect(statusesOf(answers)).toEqual([200, 401, 401, 401]);
      const password = passwords[answers.findIndex(({ status }) => status === 200)] ?? "";
      expect((await app.logIn({ email: person.email, password })).user.id).toBe(person.user.id);
      expect(await whoIs(person.client)).toEqual(person.user);
    });

    it("R4, R70: an app that its session could not go on without is still there when that session has ended", async () => {
      const person = await personWithApp();
      const otherTab = person.client.twin();
      const { sessionStore } = app.dependencies;
      const moving = holdCalls(sessionStore, "move");
      const removal = person.client.delete<Problem>(TOTP);
      await moving.arrived();
      await otherTab.post("/api/auth/logout");
      moving.open();
      expect((await removal).status).toBe(401);
      expect(await rowsOf("select * from totp_factors where user_id = ?", person)).toHaveLength(1);
      expect(await rowsOf("select * from recovery_codes where user_id = ?", person)).toHaveLength(10);
    });

    it("R69, R70: of codes given at once to prove with one session that it is oneself, one is used up", async () => {
      const person = await personWithApp();
      const { password, recoveryCodes } = person;
      const answers = await raced(person, (client, place) =>
        client.post<Problem>(REAUTHENTICATE, { json: { password, code: recoveryCodes[place] } }),
      );
      expect(statusesOf(answers)).toEqual([200, 401, 401, 401]);
      expect((await factorsOf(person)).recoveryCodesLeft).toBe(9);
      expect((await subjectsTo(person)).filter((subject) => subject === "A recovery code was used")).toHaveLength(1);
    });

    it("R70, R71: of codes given at once for one half session, one is used up", async () => {
      const person = await personWithApp();
      const pending = await logInWithPasswordOnly(app, person);
      const answers = await raced({ client: pending }, (client, place) =>
        client.post<Problem>("/api/auth/second-factor", { json: { code: person.recoveryCodes[place] } }),
      );
      expect(statusesOf(answers)).toEqual([200, 401, 401, 401]);
      expect(await whoIs(pending)).toEqual(person.user);
      expect((await factorsOf(person)).recoveryCodesLeft).toBe(9);
    });

    it("R69, R72: of a passkey's answers given at once to prove with one session that it is oneself, one is used up", async () => {
      const person = await signUpProven(app);
      const { device } = await addPasskey(person);
      // The counter stays at 0, as for synced passkeys, so that no answer is refused for an old counter.
      const answer = async () => device.get(await loginOptions(app), { counter: 0 });
      const passkeys = await Promise.all(Array.from({ length: RACERS }, answer));
      const answers = await raced(person, (client, place) =>
        client.post<Problem>(`${REAUTHENTICATE}/passkey`, { json: { passkey: passkeys[place] } }),
      );
      expect(statusesOf(answers)).toEqual([200, 401, 401, 401]);
      const refused = passkeys[answers.findIndex(({ status }) => status === 401)];
      const again = { json: { passkey: refused } };
      expect((await person.client.post(`${REAUTHENTICATE}/passkey`, again)).status).toBe(200);
    });

    it.each([
      ["500", new Error("The outbox is out of order")],
      ["503", new SessionStoreUnavailable()],
    ])(
      "R4: when what follows the new id fails (%s), nothing is changed, and the answer brings the new cookie",
      async (status, fault) => {
        const person = await personWithApp();
        const { passkey } = await addPasskey(person);
        const made = await attestationFor(person);
        const newcomer = await signUpProven(app);
        const { json: begun } = await newcomer.client.post<{ secret: string }>(TOTP);
        const { box } = app.dependencies.mailer;
        const { seal } = box;
        const { password, recoveryCodes } = person;
        const deeds: [Person, () => Promise<{ status: number; setCookies: unknown[] }>][] = [
          [person, () => person.client.post(RENEW)],
          [person, () => person.client.delete(TOTP)],
          [person, () => person.client.post(PASSKEYS, { json: { passkey: made, name: "Laptop" } })],
          [person, () => person.client.delete(`${PASSKEYS}/${passkey.handle}`)],
          [person, () => person.client.post(REAUTHENTICATE, { json: { password, code: recoveryCodes[0] } })],
          [
            person,
            () =>
              person.client.post("/api/account/password", {
                json: { currentPassword: password, password: "quince jelly under the stairs" },
              }),
          ],
          [
            newcomer,
            () =>
              newcomer.client.post(`${TOTP}/confirm`, {
                json: { code: createAuthenticatorApp(app, begun.secret).code() },
              }),
          ],
        ];
        for (const [who, deed] of deeds) {
          const before = who.client.twin();
          box.seal = () => {
            throw fault;
          };
          const answer = await deed();
          box.seal = seal;
          expect([String(answer.status), answer.setCookies.length]).toEqual([status, 1]);
          expect(await whoIs(who.client)).toEqual(who.user);
          expect(await whoIs(before)).toBeNull();
        }
        expect(await factorsOf(person)).toMatchObject({ totpSince: expect.any(String), recoveryCodesLeft: 10 });
        expect((await factorsOf(newcomer)).totpSince).toBeNull();
        expect(await passkeysOf(person)).toEqual([passkey]);
        const pending = await logInWithPasswordOnly(app, person);
        expect((await pending.post("/api/auth/second-factor", { json: { code: recoveryCodes[0] } })).status).toBe(200);
      },
    );

    it("R4: what is refused after the new id is refused under it, and whoever asked stays logged in", async () => {
      const person = await personWithApp();
      const { dependencies } = app;
      const sameAgain = await attestationFor(person);
      await person.client.post(PASSKEYS, { json: { passkey: sameAgain, name: "Laptop" } });
      const { challenge } = (await person.client.post<CreationOptions>(OPTIONS)).json;
      const clientData = { type: "webauthn.create", challenge, origin: "https://shop.example" };
      const clientDataJSON = Buffer.from(JSON.stringify(clientData)).toString("base64url");
      const passkey = { ...sameAgain, response: { ...sameAgain.response, clientDataJSON } };
      const taken = await person.client.post<Problem>(PASSKEYS, { json: { passkey, name: "Laptop" } });
      expect([taken.status, taken.json.code]).toEqual([409, "already_set_up"]);
      expect(await whoIs(person.client)).toEqual(person.user);

      const account = await accountNamed(dependencies, person.email);
      afterTheMove(async () => userCommands["remove-app"]?.(dependencies, account));
      expect((await person.client.post(RENEW)).status).toBe(404);
      expect(await whoIs(person.client)).toEqual(person.user);
    });

    it("R70, R71: a half session whose code could not be used up is half as before, under its new id", async () => {
      const person = await personWithApp();
      const pending = await logInWithPasswordOnly(app, person);
      const [code] = person.recoveryCodes;
      const { box } = app.dependencies.mailer;
      const { seal } = box;
      box.seal = () => {
        throw new Error("The outbox is out of order");
      };
      expect((await pending.post("/api/auth/second-factor", { json: { code } })).status).toBe(500);
      box.seal = seal;
      const { json } = await pending.get<SessionState>("/api/auth/session");
      expect(json).toMatchObject({ user: null, ended: false, secondFactors: ["totp", "recovery_code"] });
      expect((await pending.post("/api/auth/second-factor", { json: { code } })).status).toBe(200);
    });

    it("R69, R70: a code that another session has just used up is no proof: this one is as stale as it was", async () => {
      const person = await personWithApp();
      app.clock.advance("11m");
      const [code] = person.recoveryCodes;
      const pending = await logInWithPasswordOnly(app, person);
      afterTheMove(() => pending.post("/api/auth/second-factor", { json: { code } }));
      const json = { password: person.password, code };
      const answer = await person.client.post<Problem>(REAUTHENTICATE, { json });
      expect([answer.status, answer.json.code]).toEqual([422, "invalid_code"]);
      expect(await whoIs(pending)).toEqual(person.user);
      expect(await whoIs(person.client)).toEqual(person.user);
      expect((await person.client.post<Problem>(RENEW)).json.code).toBe("reauth_required");
    });
  });
});
