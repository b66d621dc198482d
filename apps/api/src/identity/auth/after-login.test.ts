import type { Client } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logInWithPasswordOnly, setUpTotp } from "../../../test/authenticator-app.ts";
import { proveAddress, signUpProven } from "../../../test/mailed-links.ts";
import { addPasskey, loginOptions } from "../../../test/passkey-device.ts";
import { createTestApp, type Person, type TestApp, whoIs } from "../../../test/test-app.ts";

const FIREFOX = {
  "User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
  "X-Forwarded-For": "203.0.113.7",
};

describe("a log-in", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp({ mail: true });
  });
  afterAll(() => app.close());

  const unknownLoginMails = async ({ email }: Pick<Person, "email">) =>
    (await app.mailbox.to(email)).filter(({ subject }) => subject.startsWith("New log-in"));
  const logIn = (client: Client, { email, password }: Person, headers = {}) =>
    client.post("/api/auth/login", { json: { email, password }, headers });

  it("R79: a log-in from a browser that is new to the account is told by mail, with device, address and time", async () => {
    const person = await app.signUp();
    await app.logIn(person, { client: app.visitor({ headers: FIREFOX }) });
    const [mail, ...others] = await unknownLoginMails(person);
    expect(others).toEqual([]);
    expect(mail?.subject).toBe("New log-in from Firefox on Windows");
    const time = new Date(app.clock.now()).toISOString().slice(11, 16);
    expect(mail?.text).toMatch(new RegExp(`Firefox on Windows, from 203\\.0\\.113\\.x, on .*, \\d{4} at ${time} UTC`));
    expect(mail?.text).not.toContain("203.0.113.7");
    expect(mail?.link()).toMatch(/^https:\/\/shop\.example\/not-me#token=[\w-]{43}$/);
  });

  it("R79: not at the sign-up, nor again from the same browser, nor by half a log-in", async () => {
    const person = await app.signUp();
    expect(await unknownLoginMails(person)).toEqual([]);
    await person.client.post("/api/auth/logout");
    await logIn(person.client, person);
    expect(await unknownLoginMails(person)).toEqual([]);
    await proveAddress(app, person);
    await setUpTotp(app, person);
    await logInWithPasswordOnly(app, person);
    expect(await unknownLoginMails(person)).toEqual([]);
  });

  it("R79: an address that is not proven is told of three a day, whoever signed up with it, and a proven one of each", async () => {
    const person = await app.signUp();
    for (let times = 0; times < 4; times += 1) await app.logIn(person);
    expect(await unknownLoginMails(person)).toHaveLength(3);
    await proveAddress(app, person);
    const browser = await app.logIn(person);
    expect(await unknownLoginMails(person)).toHaveLength(4);
    expect((await logIn(browser.client, person)).status).toBe(200);
    expect(await unknownLoginMails(person)).toHaveLength(4);
  });

  it("R79: with a second factor it is told once the code was right", async () => {
    const person = await signUpProven(app);
    const { phone } = await setUpTotp(app, person);
    app.clock.advance("30s");
    const pending = await logInWithPasswordOnly(app, person);
    await pending.post("/api/auth/second-factor", { json: { code: phone.wrongCode() } });
    expect(await unknownLoginMails(person)).toEqual([]);
    expect((await pending.post("/api/auth/second-factor", { json: { code: phone.code() } })).status).toBe(200);
    expect(await unknownLoginMails(person)).toHaveLength(1);
  });

  it("R72, R79: with a passkey it is told as well, and from a browser that knows the account it is not", async () => {
    const person = await signUpProven(app);
    const { device } = await addPasskey(person);
    const client = app.visitor({ headers: FIREFOX });
    for (let times = 0; times < 2; times += 1) {
      const json = { passkey: device.get(await loginOptions(app)) };
      expect((await client.post("/api/auth/passkey", { json })).status).toBe(200);
    }
    const [mail, ...others] = await unknownLoginMails(person);
    expect([mail?.subject, others]).toEqual(["New log-in from Firefox on Windows", []]);
    const token = new URLSearchParams(new URL(mail?.link() ?? "").hash.slice(1)).get("token");
    expect((await app.visitor().post("/api/auth/not-me", { json: { token } })).status).toBe(200);
    expect(await whoIs(client)).toBeNull();
  });

  it("R79: from a browser where only others have logged in it is told", async () => {
    const person = await app.signUp();
    const other = await app.signUp();
    await app.logIn(person, { client: other.client });
    expect(await unknownLoginMails(person)).toHaveLength(1);
    await app.logIn(other, { client: other.client });
    expect(await unknownLoginMails(other)).toEqual([]);
  });

  it("R62: its link is of this site, whatever Host the log-in came with", async () => {
    const person = await app.signUp();
    const forged = { Host: "evil.example", "X-Forwarded-Host": "evil.example" };
    expect((await logIn(app.visitor(), person, forged)).status).toBe(200);
    const [mail] = await unknownLoginMails(person);
    expect(mail?.link()).toMatch(/^https:\/\/shop\.example\//);
    expect(`${mail?.text}${mail?.html}`).not.toContain("evil.example");
  });

  it("R79: when it can't be told there is no log-in, and no cookie leaves", async () => {
    const person = await app.signUp();
    const { sessionStore, mailer } = app.dependencies;
    const before = (await sessionStore.listOf(person.user.id)).length;
    const { seal } = mailer.box;
    mailer.box.seal = () => {
      throw new Error("The outbox is out of order");
    };
    const answer = await logIn(app.visitor(), person);
    mailer.box.seal = seal;
    expect([answer.status, answer.setCookies]).toEqual([500, []]);
    expect(await sessionStore.listOf(person.user.id)).toHaveLength(before);
  });
});
