import type { LiveSession, Problem } from "@yumroad/contract";
import { race, statusesOf } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askForEmail, duringTheChange, eventsOf, forgetPassword, NO_MAIL_LIMITS } from "../../../test/mailed-links.ts";
import {
  canRunOn,
  createTestApp,
  named,
  type Person,
  storeKinds,
  type TestApp,
  whoIs,
} from "../../../test/test-app.ts";
import { deleteUser } from "../users/delete-user.ts";
import { disableUser } from "../users/disable-user.ts";
import { enableUser } from "../users/enable-user.ts";

const PATH = "/api/account/password";
const NEW_PASSWORD = "quince jelly under the stairs";
const MANY = { max: 1000, windowMs: 60_000 };

describe.each(storeKinds)("another password", (store) => {
  describe.skipIf(!canRunOn(store))(named("another password", store), () => {
    let app: TestApp;
    beforeAll(async () => {
      app = await createTestApp({ sessions: store, mail: true, limits: NO_MAIL_LIMITS });
    });
    afterAll(() => app.close());

    const change = ({ client, password: currentPassword }: Pick<Person, "client" | "password">, password: string) =>
      client.post<LiveSession & Problem>(PATH, { json: { currentPassword, password } });
    const tryToLogIn = async ({ email }: Pick<Person, "email">, password: string) =>
      (await app.visitor().post("/api/auth/login", { json: { email, password } })).status;

    it("R53: is the password from then on, and the old one is none", async () => {
      const person = await app.signUp();
      const answer = await change(person, NEW_PASSWORD);
      expect(answer.status).toBe(200);
      expect(answer.json.user).toEqual(person.user);
      expect(await tryToLogIn(person, person.password)).toBe(401);
      expect(await tryToLogIn(person, NEW_PASSWORD)).toBe(200);
      expect(await eventsOf(app, person)).toContain("authn_password_change");
    });

    it("R53: ends a session that begins with the old one in the middle of it", async () => {
      const person = await app.signUp();
      const late = app.visitor();
      duringTheChange(app, async () => void (await app.logIn(person, { client: late })));
      expect((await change(person, NEW_PASSWORD)).status).toBe(200);
      expect(await whoIs(late)).toBeNull();
      expect(await whoIs(person.client)).not.toBeNull();
    });

    it("R53: is told by mail", async () => {
      const person = await app.signUp();
      await change(person, NEW_PASSWORD);
      const mail = await app.mailbox.last(person.email);
      expect(mail.subject).toBe("Your password was changed");
      expect(mail.source).not.toMatch(/quince|token=/);
    });

    it("R53: needs the current one, and a wrong one changes nothing", async () => {
      const person = await app.signUp();
      const elsewhere = await app.logIn(person);
      const answer = await change({ ...person, password: "not the password" }, NEW_PASSWORD);
      expect(answer.json).toMatchObject({ status: 401, code: "invalid_credentials" });
      expect(await whoIs(person.client)).not.toBeNull();
      expect(await whoIs(elsewhere.client)).not.toBeNull();
      expect(await tryToLogIn(person, person.password)).toBe(200);
      expect(await eventsOf(app, person)).toContain("authn_password_change_fail");
      expect(app.logs.text).not.toMatch(/not the password|quince/);
    });

    it("R53: is one of twenty that are asked for at once, and the others change nothing", async () => {
      const patient = await createTestApp({
        sessions: store,
        mail: true,
        limits: { ...NO_MAIL_LIMITS, wrongPasswordsFromKnownBrowser: MANY, wrongPasswordsFromAddress: MANY },
      });
      const person = await patient.signUp();
      const passwords = Array.from({ length: 20 }, (_, place) => `quince jelly, jar ${place} of many`);
      const answers = await race(20, (place) => change(person, passwords[place] ?? ""));
      const statuses = statusesOf(answers);
      expect(statuses.filter((status) => status === 200)).toHaveLength(1);
      expect(statuses.filter((status) => status !== 200 && status !== 401)).toEqual([]);
      const logins = await Promise.all(
        passwords.map(async (password) => {
          const json = { email: person.email, password };
          return (await patient.visitor().post("/api/auth/login", { json })).status;
        }),
      );
      const isIn = statuses.map((status) => (status === 200 ? 200 : 401));
      expect(logins).toEqual(isIn);
      await patient.close();
    });
  });
});

describe("a change of password", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp({ mail: true, limits: NO_MAIL_LIMITS });
  });
  afterAll(() => app.close());

  const change = ({ client }: Pick<Person, "client">, currentPassword: string, password = NEW_PASSWORD) =>
    client.post<Problem>(PATH, { json: { currentPassword, password } });

  it.each([
    ["a common one", "sunshine", "This is one of the most common passwords"],
    ["ours", "Yumroad123", "This is too close to your name, your email or ours"],
    ["too short a one", "jam", "The password needs at least 8 characters"],
  ])("R45: to a weak one (%s) is refused with the reason", async (_, password, message) => {
    const person = await app.signUp();
    const answer = await change(person, person.password, password);
    expect(answer.status).toBe(422);
    expect(answer.json).toMatchObject({ issues: [{ path: ["password"], message }] });
  });

  it("R54: by guessing the current one is limited as guessing at the log-in is", async () => {
    const person = await app.signUp();
    const statuses: number[] = [];
    for (let time = 0; time < 11; time += 1) statuses.push((await change(person, `guess number ${time}`)).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
    expect((await change(person, person.password)).status).toBe(429);
  });

  it("ends the links that were mailed before to get in by, or to change the address", async () => {
    const person = await app.signUp();
    const email = "elsewhere@example.org";
    const reset = await forgetPassword(app, person);
    const confirmation = await askForEmail(app, person, email);
    expect((await change(person, person.password)).status).toBe(200);
    const json = { token: reset, password: "cherry compote in the cellar" };
    expect((await app.visitor().post("/api/auth/reset-password", { json })).status).toBe(410);
    expect((await app.visitor().post("/api/auth/verify-email", { json: { token: confirmation } })).status).toBe(410);
  });

  it("R69: is a proof of who it is, for another ten minutes", async () => {
    const person = await app.signUp();
    for (const current of [person.password, NEW_PASSWORD, NEW_PASSWORD]) {
      app.clock.advance("9m");
      expect((await change(person, current)).status).toBe(200);
    }
  });

  it("is refused when the account goes while its session is given a new id, and that one is over", async () => {
    const person = await app.signUp();
    const { database, sessionStore } = app.dependencies;
    const move = sessionStore.move.bind(sessionStore);
    sessionStore.move = async (...given) => {
      sessionStore.move = move;
      const isMoved = await move(...given);
      await deleteUser({ ...app.dependencies, em: database.fork() }, { userId: person.user.id });
      return isMoved;
    };
    expect((await change(person, person.password)).json).toMatchObject({ status: 401, code: "invalid_credentials" });
    expect(await whoIs(person.client)).toBeNull();
  });

  it("changes nothing of an account that is disabled in the middle of it", async () => {
    const person = await app.signUp();
    const { database, clock, sessionStore } = app.dependencies;
    const { id } = person.user;
    duringTheChange(app, async () => void (await disableUser({ em: database.fork(), clock, sessionStore }, id)));
    expect((await change(person, person.password)).json).toMatchObject({ status: 401, code: "invalid_credentials" });
    await enableUser({ em: database.fork(), clock }, id);
    expect((await app.logIn(person)).user.id).toBe(id);
  });

  it("is refused when there is no account any more", async () => {
    const person = await app.signUp();
    const { database } = app.dependencies;
    duringTheChange(
      app,
      async () => void (await deleteUser({ ...app.dependencies, em: database.fork() }, { userId: person.user.id })),
    );
    expect((await change(person, person.password)).json).toMatchObject({ status: 401, code: "invalid_credentials" });
  });

  it("and a reset at once: one of them counts, and no session of before is left", async () => {
    const person = await app.signUp();
    const elsewhere = await app.logIn(person);
    const token = await forgetPassword(app, person);
    const json = { token, password: "cherry compote in the cellar" };
    const answers = await race<{ status: number }>(2, (place) =>
      place === 0 ? change(person, person.password) : app.visitor().post("/api/auth/reset-password", { json }),
    );
    const statuses = statusesOf(answers);
    // The reset may end the session before the change of password has rotated it. In that case the client has to log
    // in.
    expect(statuses.filter((status) => ![200, 204, 401, 410].includes(status))).toEqual([]);
    expect(await whoIs(elsewhere.client)).toBeNull();
    const logins: number[] = [];
    for (const password of [person.password, NEW_PASSWORD, json.password]) {
      logins.push((await app.visitor().post("/api/auth/login", { json: { email: person.email, password } })).status);
    }
    expect(logins[0]).toBe(401);
    expect(logins.filter((status) => status === 200)).toHaveLength(1);
  });
});
