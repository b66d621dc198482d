import type { Problem } from "@yumroad/contract";
import { median, race, statusesOf } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mailedLink } from "../../../test/mailed-links.ts";
import { createTestApp, type TestApp } from "../../../test/test-app.ts";
import { disableUser } from "../users/disable-user.ts";

const PATH = "/api/auth/forgot-password";
const MANY = { max: 100_000, windowMs: 3_600_000 };

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({ mail: true, limits: { recoveriesOfAddress: MANY, signups: MANY } });
});
afterAll(() => app.close());

function forget(email: string, next?: string, headers?: Record<string, string>) {
  const client = app.visitor(headers ? { headers } : {});
  return client.post<Problem>(PATH, { json: { email, ...(next !== undefined && { next }) } });
}

async function countOf(table: "mailed_tokens" | "recovery_requests", condition = "1 = 1"): Promise<number> {
  const sql = `select count(*) as count from ${table} where ${condition}`;
  const [row] = await app.dependencies.database.fork().execute<{ count: number | string }[]>(sql);
  return Number(row?.count);
}

async function resetMailsTo(address: string) {
  return (await app.mailbox.to(address)).filter(({ subject }) => subject === "Choose a new password");
}

describe("a forgotten password", () => {
  it("R59: is answered with 202 and nothing, whether there is an account, is none, or is one that is disabled", async () => {
    const known = await app.signUp();
    const disabled = await app.signUp();
    const { database, clock, sessionStore } = app.dependencies;
    await disableUser({ em: database.fork(), clock, sessionStore }, disabled.user.id);
    const answers = [];
    for (const email of [known.email, disabled.email, "nobody@example.com"]) answers.push(await forget(email));
    for (const answer of answers) {
      expect([answer.status, answer.text]).toEqual([202, ""]);
      expect(answer.setCookies).toEqual([]);
      const { date: _, "x-request-id": id, ...headers } = answer.headers;
      const { date: __, "x-request-id": ___, ...first } = answers[0]?.headers ?? {};
      expect(id).not.toBe("");
      expect(headers).toEqual(first);
    }
    expect(await resetMailsTo(known.email)).toHaveLength(1);
    expect(await resetMailsTo(disabled.email)).toEqual([]);
    expect(await app.mailbox.to("nobody@example.com")).toEqual([]);
    expect(await countOf("recovery_requests")).toBe(0);
  });

  it("R59: looks nobody up before the answer has left: what is written then is the same for every address", async () => {
    const { email } = await app.signUp();
    await app.mailbox.last(email);
    await forget(email);
    await forget("nobody-at-all@example.com");
    expect(await countOf("recovery_requests")).toBe(2);
    expect(await countOf("mailed_tokens", "purpose = 'reset_password' and ended_at is null")).toBe(1);
    await app.mailbox.last(email);
    expect(await countOf("mailed_tokens", "purpose = 'reset_password' and ended_at is null")).toBe(2);
  });

  it("R62: is mailed a link of PUBLIC_URL with the token in the fragment, good for an hour", async () => {
    const { email } = await app.signUp();
    await forget(` ${email.toUpperCase()} `);
    const mail = await app.mailbox.last(email);
    expect(mail.recipients).toEqual([email]);
    expect(mail.subject).toBe("Choose a new password");
    expect(mail.link()).toMatch(/^https:\/\/shop\.example\/reset-password#token=[\w-]{43}$/);
    expect(mail.html).toContain(mail.link());
    expect(mail.text).toContain("expires in an hour");
    expect(mail.text).toContain("asked for a link to choose a new password for your account");
    for (const place of ["h1", "a"])
      expect(mail.html).toMatch(new RegExp(`<${place}\\b[^>]*>\\s*Choose a new password`));
  });

  it.each([
    ["Host", { Host: "evil.example" }],
    ["X-Forwarded-Host", { "X-Forwarded-Host": "evil.example" }],
    ["Forwarded", { Forwarded: "host=evil.example;proto=http" }],
    ["X-Forwarded-Proto", { "X-Forwarded-Proto": "ftp", "X-Forwarded-Port": "6660666" }],
  ])("R62: a forged %s is in no link", async (_, headers) => {
    const { email } = await app.signUp();
    expect((await forget(email, "/products/new", headers)).status).toBe(202);
    const mail = await app.mailbox.last(email);
    expect(mail.link()).toMatch(/^https:\/\/shop\.example\/reset-password#/);
    expect(mail.source).not.toMatch(/evil|6660666/);
  });

  /** The page to return to after the mailed link was used. */
  async function wayBackOf(email: string): Promise<unknown> {
    const { token } = await mailedLink(app, email);
    const json = { token, password: "another jam on the shelf" };
    return (await app.visitor().post("/api/auth/reset-password", { json })).json;
  }

  it("R24: nothing of the page that was tried is in the mail: whoever asks can't write in it", async () => {
    const { email } = await app.signUp();
    await forget(email, "/Your-account-is-locked-call-555-0100");
    const mail = await app.mailbox.last(email);
    expect(mail.link()).toMatch(/^https:\/\/shop\.example\/reset-password#token=[\w-]{43}$/);
    expect(mail.source).not.toMatch(/locked|555/);
  });

  it.each(["https://evil.example/", "//evil.example", "/\\evil.example", "/login", "javascript:alert(1)", ""])(
    "R26: %j is no way back, and is left out",
    async (next) => {
      const { email } = await app.signUp();
      expect((await forget(email, next)).status).toBe(202);
      expect(await countOf("recovery_requests", "next is not null")).toBe(0);
      expect(await wayBackOf(email)).toEqual({ next: null });
    },
  );

  it("R26: a way back is looked at again where it is used: one that was kept by an older version is none", async () => {
    const { email } = await app.signUp();
    await forget(email);
    await app.mailbox.last(email);
    await app.dependencies.database.fork().execute("update mailed_tokens set next = '//evil.example'");
    expect(await wayBackOf(email)).toEqual({ next: null });
  });

  it("R59: at most one mail in five minutes for an address, in whatever case, and the answer does not tell", async () => {
    const { email } = await app.signUp();
    for (const typed of [email, email.toUpperCase(), email]) expect((await forget(typed)).status).toBe(202);
    expect(await resetMailsTo(email)).toHaveLength(1);
    app.clock.advance("4m");
    await forget(email);
    expect(await resetMailsTo(email)).toHaveLength(1);
    app.clock.advance("1m");
    await forget(email);
    expect(await resetMailsTo(email)).toHaveLength(2);
  });

  it("R59: twenty at once make one mail", async () => {
    const { email } = await app.signUp();
    const answers = await race(20, () => forget(email));
    expect(statusesOf(answers)).toEqual(Array.from({ length: 20 }, () => 202));
    expect(await resetMailsTo(email)).toHaveLength(1);
  });

  it("R60: while three links are good a further request is answered the same, makes none, mails none and ends none", async () => {
    const { email } = await app.signUp();
    for (let time = 0; time < 5; time += 1) {
      expect((await forget(email)).status).toBe(202);
      app.clock.advance("5m");
    }
    const mails = await resetMailsTo(email);
    expect(mails).toHaveLength(3);
    const token = mails[0]?.link().split("token=")[1];
    const json = { token, password: "another jam on the shelf" };
    expect((await app.visitor().post("/api/auth/reset-password", { json })).status).toBe(200);
  });

  it("is on its owner's list of events, with where it was asked, once it was looked up", async () => {
    const person = await app.signUp();
    const headers = {
      "X-Forwarded-For": "203.0.113.77",
      "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0",
    };
    await forget(person.email, undefined, headers);
    await app.mailbox.last(person.email);
    const sql = "select device, address from activity where user_id = ? and kind = 'authn_password_reset_asked'";
    expect(await app.dependencies.database.fork().execute(sql, [person.user.id])).toEqual([
      { device: "Firefox on Linux", address: "203.0.113.x" },
    ]);
  });

  it("R78: is in the log as an event, without its address and its token", async () => {
    const { email } = await app.signUp();
    await forget(email);
    const { token } = await mailedLink(app, email);
    expect(app.logs.text).toContain("authn_password_reset_asked");
    expect(app.logs.text).not.toContain(email);
    expect(app.logs.text).not.toContain(token);
  });

  it("is looked after again when a crash came in between: nothing is lost, and nothing is sent twice", async () => {
    const { email } = await app.signUp();
    await app.mailbox.last(email);
    await forget(email);
    const { database } = app.dependencies;
    await database.fork().execute("alter table mailed_tokens rename column hash to lost");
    await app.dependencies.passwordResetWorker.run();
    expect(await countOf("recovery_requests")).toBe(1);
    expect(app.logs.text).toContain("could not look after a forgotten password yet");
    await database.fork().execute("alter table mailed_tokens rename column lost to hash");
    expect(await resetMailsTo(email)).toHaveLength(1);
    await app.dependencies.passwordResetWorker.run();
    expect(await resetMailsTo(email)).toHaveLength(1);
  });

  it("that one of two processes looks after makes one mail", async () => {
    const other = await createTestApp({ beside: app });
    const people = [await app.signUp(), await app.signUp(), await app.signUp()];
    for (const { email } of people) await forget(email);
    const complaints = () => (app.logs.text + other.logs.text).split("could not look after").length;
    const before = complaints();
    await race(6, (index) => (index % 2 === 0 ? app : other).dependencies.passwordResetWorker.run());
    for (const { email } of people) expect(await resetMailsTo(email)).toHaveLength(1);
    expect(complaints()).toBe(before);
    await other.close();
  });

  it("that nobody could look after for an hour is given up", async () => {
    const { email } = await app.signUp();
    await app.mailbox.last(email);
    await forget(email);
    app.clock.advance("61m");
    expect(await resetMailsTo(email)).toEqual([]);
    expect(await countOf("recovery_requests")).toBe(0);
  });
});

describe("many forgotten passwords from one address", () => {
  it("R59: are too many at some point, whether there are such accounts or not", async () => {
    const small = await createTestApp({ mail: true, limits: { recoveriesOfAddress: { max: 4, windowMs: 3_600_000 } } });
    const { email } = await small.signUp();
    const statuses: number[] = [];
    for (const address of [email, "a@example.com", "b@example.com", email, email, "c@example.com"]) {
      const answer = await small.visitor().post(PATH, { json: { email: address } });
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([202, 202, 202, 202, 429, 429]);
    const elsewhere = small.visitor({ headers: { "X-Forwarded-For": "203.0.113.9" } });
    expect((await elsewhere.post(PATH, { json: { email: "d@example.com" } })).status).toBe(202);
    small.clock.advance("1h");
    expect((await small.visitor().post(PATH, { json: { email } })).status).toBe(202);
    await small.close();
  });
});

describe("a forgotten password in a shop without mail", () => {
  it("is answered the same, leaves no token behind, and the log says what is missing", async () => {
    const silent = await createTestApp();
    const { email } = await silent.signUp();
    expect((await silent.visitor().post(PATH, { json: { email } })).status).toBe(202);
    await silent.dependencies.passwordResetWorker.run();
    const rows = await silent.dependencies.database.fork().execute("select purpose from mailed_tokens");
    expect(rows).toEqual([]);
    expect(silent.logs.lines).toContainEqual(
      expect.objectContaining({ event: "mail_not_sent", kind: "password_reset" }),
    );
    await silent.close();
  });
});

describe("the time that forgetting a password takes", () => {
  /** Alternating pairs of one of each; more rounds where a busy machine blurs the medians. */
  const [PAIRS, ROUNDS_AT_MOST] = [100, 10];

  it("R59: is the same for a known and an unknown address: 200 interleaved, the worker at work, medians alike", {
    timeout: 240_000,
  }, async () => {
    const busy = await createTestApp({ mail: true, limits: { recoveriesOfAddress: MANY, askedMails: MANY } });
    const { email } = await busy.signUp();
    busy.dependencies.passwordResetWorker.start();
    busy.dependencies.mailer.worker.start();
    const client = busy.visitor();
    async function timeOf(address: string): Promise<number> {
      const start = performance.now();
      const { status } = await client.post(PATH, { json: { email: address } });
      expect(status).toBe(202);
      return performance.now() - start;
    }

    for (let warmUp = 0; warmUp < 20; warmUp += 1) await timeOf("nobody@example.com");
    const known: number[] = [];
    const unknown: number[] = [];
    let difference = Number.POSITIVE_INFINITY;
    let allowed = 0;
    for (let round = 0; round < ROUNDS_AT_MOST && difference >= allowed; round += 1) {
      for (let pair = 0; pair < PAIRS; pair += 1) {
        const isKnownFirst = pair % 2 === 0;
        if (isKnownFirst) known.push(await timeOf(email));
        unknown.push(await timeOf(`nobody-${round}-${pair}@example.com`));
        if (!isKnownFirst) known.push(await timeOf(email));
      }
      difference = Math.abs(median(known) - median(unknown));
      allowed = Math.max(1, 0.1 * Math.min(median(known), median(unknown)));
    }
    expect(difference).toBeLessThan(allowed);
    expect(busy.mailbox.server.to(email).length).toBeGreaterThan(1);
    await busy.close();
  });
});
