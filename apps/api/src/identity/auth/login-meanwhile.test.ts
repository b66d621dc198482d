import { beforeEach, expect, it, onTestFinished } from "vitest";
import { setUpTotp } from "../../../test/authenticator-app.ts";
import { eventsOf, NO_MAIL_LIMITS } from "../../../test/mailed-links.ts";
import { createTestApp, describeOnEachStore, type Person, type TestApp, whoIs } from "../../../test/test-app.ts";
import { changeProfile } from "../account/change-profile.ts";
import { deleteUser } from "../users/delete-user.ts";
import { disableUser } from "../users/disable-user.ts";

describeOnEachStore("an account that changes while it is being logged in to", (store) => {
  let app: TestApp;
  let person: Person;
  beforeEach(async () => {
    app = await createTestApp({ sessions: store, limits: NO_MAIL_LIMITS });
    onTestFinished(app.close);
    person = await app.signUp();
  });

  /** A login during which `happen` runs: after the password was verified and before the account is read again. */
  async function logInWhile(happen: () => Promise<unknown>) {
    const { hasher } = app.dependencies;
    const verify = hasher.verify.bind(hasher);
    hasher.verify = async (...given) => {
      hasher.verify = verify;
      const verification = await verify(...given);
      await happen();
      return verification;
    };
    const client = app.visitor();
    const { email, password } = person;
    const answer = await client.post("/api/auth/login", { json: { email, password } });
    return { client, answer };
  }

  it("is not logged in to when it was disabled, and its owner can read of it", async () => {
    const { database, clock, sessionStore } = app.dependencies;
    const { client, answer } = await logInWhile(() =>
      disableUser({ em: database.fork(), clock, sessionStore }, person.user.id),
    );
    expect(answer.json).toMatchObject({ status: 401, code: "invalid_credentials" });
    expect(answer.setCookies).toEqual([]);
    expect(await whoIs(client)).toBeNull();
    expect(await sessionStore.listOf(person.user.id)).toEqual([]);
    await expect.poll(() => eventsOf(app, person)).toContain("authn_login_fail");
  });

  it("is not logged in to when it is gone", async () => {
    const { database, sessionStore } = app.dependencies;
    const { client, answer } = await logInWhile(() =>
      deleteUser({ ...app.dependencies, em: database.fork() }, { userId: person.user.id }),
    );
    expect(answer.json).toMatchObject({ status: 401, code: "invalid_credentials" });
    expect(answer.setCookies).toEqual([]);
    expect(await whoIs(client)).toBeNull();
    expect(await sessionStore.listOf(person.user.id)).toEqual([]);
  });

  it("is not logged in to with a password that was changed, and is with the new one", async () => {
    const password = "quince jelly under the stairs";
    const json = { currentPassword: person.password, password };
    const { client, answer } = await logInWhile(() => person.client.post("/api/account/password", { json }));
    expect([answer.status, answer.setCookies]).toEqual([401, []]);
    expect(await whoIs(client)).toBeNull();
    expect((await whoIs(person.client))?.id).toBe(person.user.id);
    expect((await app.logIn({ ...person, password })).user.id).toBe(person.user.id);
  });

  it("is not logged in to when it changed, and was disabled while its second session was stored", async () => {
    const { database, clock, sessionStore } = app.dependencies;
    const ctx = { em: database.fork(), clock };
    const { client, answer } = await logInWhile(async () => {
      await changeProfile({ ...app.dependencies, em: database.fork() }, { userId: person.user.id, name: "Renamed" });
      const set = sessionStore.set.bind(sessionStore);
      let stored = 0;
      sessionStore.set = (id, session, callback) => {
        stored += 1;
        if (stored !== 2) return set(id, session, callback);
        // This call ends only stored sessions, and the session of this login is not stored yet.
        void disableUser({ ...ctx, sessionStore }, person.user.id).then(() => set(id, session, callback), callback);
      };
    });
    expect([answer.status, answer.setCookies]).toEqual([401, []]);
    expect(await whoIs(client)).toBeNull();
    expect(await sessionStore.listOf(person.user.id)).toEqual([]);
  });

  it("is logged in to by half when an authenticator app was set up", async () => {
    const { client, answer } = await logInWhile(() => setUpTotp(app, person));
    expect(answer.status).toBe(200);
    expect(await whoIs(client)).toBeNull();
    expect((await client.get("/api/account")).status).toBe(401);
  });
});
