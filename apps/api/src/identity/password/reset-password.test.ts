import type { Problem } from "@yumroad/contract";
import { type Client, race, statusesOf } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  askForEmail,
  duringTheChange,
  eventsOf,
  forgetPassword,
  mailedLink,
  NO_MAIL_LIMITS,
  refusedLinks,
} from "../../../test/mailed-links.ts";
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
import { issueToken, type NewToken } from "../tokens/issue-token.ts";
import { disableUser } from "../users/disable-user.ts";

const PATH = "/api/auth/reset-password";
const NEW_PASSWORD = "quince jelly under the stairs";

describe.each(storeKinds)("a new password by a mailed link", (store) => {
  describe.skipIf(!canRunOn(store))(named("a new password by a mailed link", store), () => {
    let app: TestApp;
    beforeAll(async () => {
      app = await createTestApp({ sessions: store, mail: true, limits: NO_MAIL_LIMITS });
    });
    afterAll(() => app.close());

    const reset = (token: string, password = NEW_PASSWORD, client: Client = app.visitor()) =>
      client.post<Problem>(PATH, { json: { token, password } });
    const check = (token: string) => app.visitor().post<Problem>(`${PATH}/link`, { json: { token } });
    const tryToLogIn = async ({ email }: Pick<Person, "email">, password: string) =>
      (await app.visitor().post("/api/auth/login", { json: { email, password } })).status;
    const issue = (given: NewToken) =>
      app.dependencies.database.fork().transactional((em) => issueToken({ ...app.dependencies, em }, given));

    it("R63: is the password from then on, logs nobody in, and the old one is none", async () => {
      const person = await app.signUp();
      const token = await forgetPassword(app, person);
      const client = app.visitor();
      const answer = await reset(token, NEW_PASSWORD, client);
      expect([answer.status, answer.json]).toEqual([200, { next: null }]);
      expect(answer.setCookies.map(({ name }) => name)).toEqual(["__Host-yumroad-device"]);
      expect(await whoIs(client)).toBeNull();
      expect(await tryToLogIn(person, person.password)).toBe(401);
      expect(await tryToLogIn(person, NEW_PASSWORD)).toBe(200);
    });

    it("R61: the link names its account to the page and stays good; once it is dead, it says so", async () => {
      const person = await app.signUp();
      const token = await forgetPassword(app, person);
      for (let times = 0; times < 2; times += 1) {
        const { status, json } = await check(token);
        expect([status, json]).toEqual([200, { email: person.email }]);
      }
      expect((await reset(token)).status).toBe(200);
      expect((await check(token)).json.code).toBe("link_invalid");
      expect((await check("not-a-token-of-ours")).json.code).toBe("link_invalid");
      const { token: verification } = await mailedLink(app, (await app.signUp()).email);
      expect((await check(verification)).json.code).toBe("link_invalid");
    });

    it("R61: looking at a dead link is no use of it", async () => {
      const person = await app.signUp();
      const token = await forgetPassword(app, person);
      await reset(token);
      const before = refusedLinks(app);
      expect((await check(token)).status).toBe(410);
      expect(refusedLinks(app)).toEqual(before);
    });

    it("R63: ends all sessions, also that of the browser that asks, and nobody else's", async () => {
      const person = await app.signUp();
      const elsewhere = await app.logIn(person);
      const bystander = await app.signUp();
      const token = await forgetPassword(app, person);
      expect((await reset(token, NEW_PASSWORD, person.client)).status).toBe(200);
      expect(await whoIs(person.client)).toBeNull();
      expect((await elsewhere.client.get("/api/me/products")).status).toBe(401);
      expect(await whoIs(bystander.client)).not.toBeNull();
    });

    it("R63: gives no session to a log-in with the old password that is under way", async () => {
      const person = await app.signUp();
      const token = await forgetPassword(app, person);
      const { hasher } = app.dependencies;
      const verify = hasher.verify.bind(hasher);
      hasher.verify = async (...given) => {
        const verification = await verify(...given);
        hasher.verify = verify;
        expect((await reset(token)).status).toBe(200);
        return verification;
      };
      const client = app.visitor();
      const { email, password } = person;
      const answer = await client.post("/api/auth/login", { json: { email, password } });
      expect([answer.status, answer.setCookies]).toEqual([401, []]);
    });

    it("R63: ends a session that begins with the old password in the middle of it", async () => {
      const person = await app.signUp();
      const token = await forgetPassword(app, person);
      const late = app.visitor();
      duringTheChange(app, async () => void (await app.logIn(person, { client: late })));
      expect((await reset(token)).status).toBe(200);
      expect(await whoIs(late)).toBeNull();
    });

    it("R63: ends every other link to get in by", async () => {
      const person = await app.signUp();
      const { token: verification } = await mailedLink(app, person.email);
      const change = await askForEmail(app, person, `new-${person.email}`);
      const notMe = await issue({ purpose: "not_me", userId: person.user.id, loggedInAt: app.clock.now() });
      const recovery = await issue({ purpose: "recover_account", userId: person.user.id, email: person.email });
      const token = await forgetPassword(app, person);
      expect((await reset(token)).status).toBe(200);
      expect((await reset(recovery)).status).toBe(410);
      for (const ended of [verification, change]) {
        expect((await app.visitor().post("/api/auth/verify-email", { json: { token: ended } })).status).toBe(410);
      }
      expect((await app.visitor().post("/api/auth/not-me", { json: { token: notMe } })).status).toBe(410);
    });

    it("R63: is told by mail, without the password and without a token", async () => {
      const person = await app.signUp();
      await reset(await forgetPassword(app, person));
      const mail = await app.mailbox.last(person.email);
      expect(mail.subject).toBe("Your password was changed");
      expect(mail.link()).toBe("https://shop.example/forgot-password");
      expect(mail.source).not.toContain("quince");
      expect(await eventsOf(app, person)).toContain("authn_password_reset");
    });

    it("R60: of twenty at once one succeeds, and its password is the one that counts", async () => {
      const person = await app.signUp();
      const token = await forgetPassword(app, person);
      const passwords = Array.from({ length: 20 }, (_, place) => `quince jelly, jar ${place} of many`);
      const answers = await race(20, (place) => reset(token, passwords[place]));
      const statuses = statusesOf(answers);
      expect(statuses.toSorted()).toEqual([200, ...Array.from({ length: 19 }, () => 410)]);
      expect(await tryToLogIn(person, passwords[statuses.indexOf(200)] ?? "")).toBe(200);
      const notices = (await app.mailbox.to(person.email)).filter(({ subject }) => /was changed/.test(subject));
      expect(notices).toHaveLength(1);
    });

    it("proves the address by the way: whoever reads its mails has it", async () => {
      const person = await app.signUp();
      await reset(await forgetPassword(app, person));
      const { client } = await app.logIn({ ...person, password: NEW_PASSWORD });
      const { json } = await client.get<{ isEmailVerified: boolean; passwordChangedAt: string }>("/api/account");
      expect(json.isEmailVerified).toBe(true);
      expect(json.passwordChangedAt).toBe(new Date(app.clock.now()).toISOString());
      expect(await eventsOf(app, person)).toContain("authn_email_verified");
    });

    it("proves no address that was proven before, nor by a link that was handed over and not mailed", async () => {
      const proven = await app.signUp();
      for (let time = 0; time < 2; time += 1) await reset(await forgetPassword(app, proven));
      const provings = (await eventsOf(app, proven)).filter((kind) => kind === "authn_email_verified");
      expect(provings).toHaveLength(1);

      const other = await app.signUp();
      const handedOver = await issue({ purpose: "reset_password", userId: other.user.id, email: null });
      expect((await reset(handedOver)).status).toBe(200);
      expect(await eventsOf(app, other)).not.toContain("authn_email_verified");
      const { client } = await app.logIn({ ...other, password: NEW_PASSWORD });
      expect((await client.get("/api/account")).json).toMatchObject({ isEmailVerified: false });
    });
  });
});

describe("a link for a new password", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp({ mail: true, limits: NO_MAIL_LIMITS });
  });
  afterAll(() => app.close());

  const reset = (token: string, password = NEW_PASSWORD) =>
    app.visitor().post<Problem>(PATH, { json: { token, password } });

  it.each([
    ["a common one", () => "sunshine", "This is one of the most common passwords"],
    ["their address", ({ email }: Person) => email, "This is too close to your name, your email or ours"],
    ["too short a one", () => "jam", "The password needs at least 8 characters"],
  ])("R45: stays good when the password is weak (%s), which is refused with the reason", async (_, weak, message) => {
    const person = await app.signUp();
    const token = await forgetPassword(app, person);
    const answer = await reset(token, weak(person));
    expect(answer.status).toBe(422);
    expect(answer.json).toMatchObject({ code: "invalid_input", issues: [{ path: ["password"], message }] });
    expect(await whoIs(person.client)).not.toBeNull();
    expect((await reset(token)).status).toBe(200);
  });

  it("R60: that was used, has expired, was cut short, is for something else or was never given opens nothing", async () => {
    const person = await app.signUp();
    const { token: ofAnotherPurpose } = await mailedLink(app, person.email);
    const used = await forgetPassword(app, person);
    await reset(used);
    const current = await forgetPassword(app, person);
    app.logs.clear();
    for (const token of [used, current.slice(0, 42), ofAnotherPurpose, "a".repeat(43)]) {
      const answer = await reset(token, "cherry compote in the cellar");
      expect(answer.json).toMatchObject({ status: 410, code: "link_invalid", title: "This link no longer works" });
    }
    expect(refusedLinks(app)).toEqual([person.user.id, null, person.user.id, null]);
    expect(app.logs.text).not.toContain(used);
    app.clock.advance("61m");
    expect((await reset(current, "cherry compote in the cellar")).status).toBe(410);
    expect((await app.logIn({ ...person, password: NEW_PASSWORD })).user.id).toBe(person.user.id);
  });

  it.each(["", "a b", "a#b", "ä", "a".repeat(201), `${"a".repeat(42)}\n`])(
    "that could not be one (%j) is a fault of the input, and looked up by nobody",
    async (token) => {
      const answer = await reset(token);
      expect(answer.status).toBe(422);
      expect(answer.json.issues?.map(({ path }) => path)).toEqual([["token"]]);
    },
  );

  it("R60: opens its own account, and no other: whoever is logged in does not matter", async () => {
    const [owner, other] = [await app.signUp(), await app.signUp()];
    const token = await forgetPassword(app, owner);
    const answer = await other.client.post(PATH, { json: { token, password: NEW_PASSWORD } });
    expect(answer.status).toBe(200);
    expect((await whoIs(other.client))?.id).toBe(other.user.id);
    expect((await app.logIn({ ...other, password: GOOD_PASSWORD })).user.id).toBe(other.user.id);
    expect((await app.logIn({ ...owner, password: NEW_PASSWORD })).user.id).toBe(owner.user.id);
  });

  it("of an account that was disabled since opens nothing", async () => {
    const person = await app.signUp();
    const token = await forgetPassword(app, person);
    const { database, clock, sessionStore } = app.dependencies;
    await disableUser({ em: database.fork(), clock, sessionStore }, person.user.id);
    expect((await reset(token)).status).toBe(410);
  });

  it("R60: is good again when the server could not do what it opens", async () => {
    const person = await app.signUp();
    const token = await forgetPassword(app, person);
    await app.dependencies.database.fork().execute("alter table mails rename column subject to lost");
    expect((await reset(token)).status).toBe(500);
    await app.dependencies.database.fork().execute("alter table mails rename column lost to subject");
    expect((await app.logIn(person)).user.id).toBe(person.user.id);
    expect((await reset(token)).status).toBe(200);
  });

  it("that is no good is counted against the address it comes from, and one that is good is not", async () => {
    const small = await createTestApp({
      mail: true,
      limits: { ...NO_MAIL_LIMITS, wrongLinksOfAddress: { max: 3, windowMs: 3_600_000 } },
    });
    const person = await small.signUp();
    const tryIt = async (token: string, headers = {}) =>
      (await small.visitor({ headers }).post(PATH, { json: { token, password: NEW_PASSWORD } })).status;
    const statuses = [];
    for (const isGood of [true, false, true, false, true, false, true]) {
      statuses.push(await tryIt(isGood ? await forgetPassword(small, person) : "made-up"));
    }
    expect(statuses).toEqual([200, 410, 200, 410, 200, 410, 429]);
    expect(await tryIt("made-up", { "X-Forwarded-For": "203.0.113.5" })).toBe(410);
    await small.close();
  });
});

describe.skipIf(!canRunOn("redis"))(named("a new password while the session store is down", "redis"), () => {
  it("R75: is a 503, changes nothing and leaves the link good", async () => {
    const app = await createTestApp({ sessions: "redis", mail: true, limits: NO_MAIL_LIMITS });
    const person = await app.signUp();
    const token = await forgetPassword(app, person);
    await app.redisFaults.kill();
    const json = { token, password: NEW_PASSWORD };
    const answer = await app.visitor().post<Problem>(PATH, { json });
    expect([answer.status, answer.json.code]).toEqual([503, "session_store_unavailable"]);
    await app.redisFaults.restore();
    await expect
      .poll(async () => (await app.visitor().post(PATH, { json })).status, { timeout: 8000, interval: 200 })
      .toBe(200);
    await app.close();
  });
});
