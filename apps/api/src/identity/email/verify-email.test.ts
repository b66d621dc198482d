import type { Account, Problem } from "@yumroad/contract";
import { race, statusesOf } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventsOf, forgetPassword, mailedLink, NO_MAIL_LIMITS, refusedLinks } from "../../../test/mailed-links.ts";
import { createTestApp, GOOD_PASSWORD, type Person, type TestApp } from "../../../test/test-app.ts";

const PATH = "/api/auth/verify-email";
const AGAIN = "/api/account/verification";

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({ mail: true, limits: { signups: NO_MAIL_LIMITS.signups } });
});
afterAll(() => app.close());

const verify = (token: string, client = app.visitor()) => client.post<Problem>(PATH, { json: { token } });
const accountOf = async ({ client }: Pick<Person, "client">) => (await client.get<Account>("/api/account")).json;

describe("the address of a new account", () => {
  it("is asked to be confirmed by mail, while sign-up stays instant", async () => {
    const person = await app.signUp({ name: "Eve <b>Buy now</b> https://evil.example" });
    expect((await accountOf(person)).isEmailVerified).toBe(false);
    const mail = await app.mailbox.last(person.email);
    expect([mail.recipients, mail.subject]).toEqual([[person.email], "Confirm your email"]);
    expect(mail.link()).toMatch(/^https:\/\/shop\.example\/verify-email#token=[\w-]{43}$/);
    // A signup with a stranger's address can't carry a message to them.
    expect(mail.source).not.toMatch(/Eve|evil|Buy/);
  });

  it("is its owner's once the link is used where they are logged in", async () => {
    const person = await app.signUp();
    const { token } = await mailedLink(app, person.email);
    const answer = await verify(token, person.client);
    expect([answer.status, answer.json]).toEqual([200, { email: person.email, isChanged: false }]);
    expect(answer.setCookies).toEqual([]);
    expect(await accountOf(person)).toMatchObject({ isEmailVerified: true, pendingEmail: null });
    expect(await eventsOf(app, person)).toContain("authn_email_verified");
  });

  it("R60: is confirmed once by a link, of twenty at once", async () => {
    const person = await app.signUp();
    const { token } = await mailedLink(app, person.email);
    const answers = await race(20, () => verify(token, person.client));
    const statuses = statusesOf(answers);
    expect(statuses.toSorted()).toEqual([200, ...Array.from({ length: 19 }, () => 410)]);
  });

  it("R60: is not confirmed by a link that has expired, is for something else, was cut short or never given", async () => {
    const person = await app.signUp();
    const { token } = await mailedLink(app, person.email);
    const reset = await forgetPassword(app, person);
    app.logs.clear();
    for (const wrong of [reset, token.slice(0, 42), "b".repeat(43)]) {
      expect((await verify(wrong)).json).toMatchObject({ status: 410, code: "link_invalid" });
    }
    app.clock.advance("1h");
    expect((await verify(token)).status).toBe(410);
    expect(refusedLinks(app)).toEqual([person.user.id, null, null, person.user.id]);
    expect((await accountOf(person)).isEmailVerified).toBe(false);
  });

  it("comes with the account or not at all", async () => {
    const email = "never-told@example.com";
    await app.dependencies.database.fork().execute("alter table mails rename column subject to lost");
    const json = { name: "Ada", email, password: GOOD_PASSWORD };
    expect((await app.visitor().post("/api/auth/signup", { json })).status).toBe(500);
    await app.dependencies.database.fork().execute("alter table mails rename column lost to subject");
    expect((await app.signUp({ email })).email).toBe(email);
    expect(await app.mailbox.to(email)).toHaveLength(1);
  });
});

describe("asking for the confirmation once more", () => {
  const ask = async ({ client }: Pick<Person, "client">) => {
    const { status, text } = await client.post(AGAIN);
    return [status, text];
  };

  it("R59: sends at most one mail in five minutes, the first one included, and always answers the same", async () => {
    const person = await app.signUp();
    const first = await mailedLink(app, person.email);
    for (let time = 0; time < 3; time += 1) expect(await ask(person)).toEqual([202, ""]);
    expect(await app.mailbox.to(person.email)).toHaveLength(1);
    app.clock.advance("5m");
    const answers = await race(20, () => ask(person));
    expect(answers.map((answer) => answer.status === "fulfilled" && answer.value[0])).toEqual(
      Array.from({ length: 20 }, () => 202),
    );
    expect(await app.mailbox.to(person.email)).toHaveLength(2);
    const second = await mailedLink(app, person.email);
    expect((await verify(first.token, person.client)).status).toBe(200);
    expect((await verify(second.token, person.client)).status).toBe(410);
  });

  it("R59: sends nothing for an address that is confirmed, and answers the same", async () => {
    const person = await app.signUp();
    await verify((await mailedLink(app, person.email)).token, person.client);
    app.clock.advance("5m");
    expect(await ask(person)).toEqual([202, ""]);
    expect(await app.mailbox.to(person.email)).toHaveLength(1);
  });
});

describe("a shop without mail", () => {
  it("asks for no confirmation, and leaves no link behind", async () => {
    const silent = await createTestApp();
    const person = await silent.signUp();
    silent.clock.advance("5m");
    expect((await person.client.post(AGAIN)).status).toBe(202);
    const em = silent.dependencies.database.fork();
    expect(await em.execute("select purpose from mailed_tokens")).toEqual([]);
    expect(await em.execute("select kind from mails")).toEqual([]);
    await silent.close();
  });
});

describe("the local demo", () => {
  it("has sent nothing to the people that it made up", async () => {
    const demo = await createTestApp({ isLocalDemo: true });
    const em = demo.dependencies.database.fork();
    expect(await em.execute("select kind from mails")).toEqual([]);
    expect(await em.execute("select purpose from mailed_tokens")).toEqual([]);
    await demo.close();
  });
});
