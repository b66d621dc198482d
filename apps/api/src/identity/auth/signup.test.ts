import type { LiveSession, Problem, SessionState } from "@yumroad/contract";
import { type Client, holdCalls } from "@yumroad/testkit";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createRedisUser, type RedisUser } from "../../../test/redis-user.ts";
import { dumpStoredData } from "../../../test/stored-data.ts";
import {
  canRunOn,
  createTestApp,
  GOOD_PASSWORD,
  named,
  storeKinds,
  type TestApp,
  whoIs,
} from "../../../test/test-app.ts";
import { MailEntity } from "../../platform/mail/mail.entity.ts";

const MANY = { signups: { max: 10_000, windowMs: 3_600_000 } };

let people = 0;
function somebody(given: Record<string, unknown> = {}) {
  people += 1;
  return { name: "Ada Lovelace", email: `ada-${people}@example.com`, password: GOOD_PASSWORD, ...given };
}

function signUp(client: Client, json: unknown) {
  return client.post<Problem>("/api/auth/signup", { json });
}

async function accountsOf(app: TestApp): Promise<number> {
  const [row] = await app.dependencies.database
    .fork()
    .execute<{ count: number | string }[]>("select count(*) as count from users");
  return Number(row?.count ?? 0);
}

describe.each(storeKinds)("signing up", (store) => {
  describe.skipIf(!canRunOn(store))(named("signing up", store), () => {
    let app: TestApp;
    beforeAll(async () => {
      app = await createTestApp({ sessions: store, limits: MANY });
    });
    afterAll(() => app.close());

    it("S8, S18: makes an account, logs in, and says so", async () => {
      const client = app.visitor();
      const person = somebody();
      const answer = await client.post<LiveSession>("/api/auth/signup", { json: person });
      expect(answer.status).toBe(201);
      expect(answer.headers).toMatchObject({ location: "/api/auth/session", "cache-control": "no-store" });
      expect(answer.json).toEqual({
        user: {
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          email: person.email,
          name: "Ada Lovelace",
          store: null,
          isOperator: false,
        },
        expiresAt: new Date(app.clock.now() + 86_400_000).toISOString(),
      });
      const { json } = await client.get<SessionState>("/api/auth/session");
      expect(json).toEqual(answer.json);
    });

    it("S24, S25: the account that was made can be logged in to from elsewhere", async () => {
      const person = await app.signUp();
      expect((await app.logIn(person)).user).toEqual(person.user);
    });

    it("R66: “remember me” makes a session of fourteen days that the browser keeps", async () => {
      const client = app.visitor();
      const answer = await client.post<LiveSession>("/api/auth/signup", { json: somebody({ remember: true }) });
      expect(answer.json.expiresAt).toBe(new Date(app.clock.now() + 14 * 86_400_000).toISOString());
      expect(client.cookies.get("__Host-yumroad")?.expires).not.toBeNull();
      const forgetful = await app.visitor().post("/api/auth/signup", { json: somebody() });
      expect(forgetful.setCookies.find(({ name }) => name === "__Host-yumroad")?.expires).toBeNull();
    });

    it("the address is kept as it was typed, trimmed", async () => {
      const client = app.visitor();
      await signUp(client, somebody({ email: `  Trim-${store}@Example.com  ` }));
      expect((await whoIs(client))?.email).toBe(`Trim-${store}@Example.com`);
    });

    it("an address that has an account is refused in any case, with no session and no second account", async () => {
      const { email } = await app.signUp({ email: `taken-${store}@example.com` });
      const before = await accountsOf(app);
      for (const other of [email, email.toUpperCase(), ` ${email} `]) {
        const client = app.visitor();
        const answer = await signUp(client, somebody({ email: other }));
        expect(answer.status).toBe(409);
        expect(answer.json).toMatchObject({ code: "email_taken", title: "That email already has an account" });
        expect(answer.setCookies).toEqual([]);
        expect(await whoIs(client)).toBeNull();
      }
      expect(await accountsOf(app)).toBe(before);
    });

    it.each([
      ["a common one", "sunshine", "This is one of the most common passwords"],
      ["their name with digits", "adalovelace1", "This is too close to your name, your email or ours"],
      ["ours", "Yumroad123", "This is too close to your name, your email or ours"],
      ["a repetition", "jamjamjamjam", "This only repeats itself"],
      ["a run of keys", "poiuytrewq1234", "This is only a run of keys or numbers"],
      ["S22: one of four letters", "jams", "The password needs at least 8 characters"],
      ["one of 129 characters", `${"0k".repeat(64)}!`, "The password has more than 128 characters"],
      ["an empty one", "", "The password is missing"],
    ])("R45: a weak password (%s) is refused with the reason, at its field", async (_, password, message) => {
      const before = await accountsOf(app);
      const answer = await signUp(app.visitor(), somebody({ password }));
      expect(answer.status).toBe(422);
      expect(answer.json).toMatchObject({ code: "invalid_input", issues: [{ path: ["password"], message }] });
      expect(answer.setCookies).toEqual([]);
      expect(await accountsOf(app)).toBe(before);
    });

    it.each([
      [
        "128 characters of any kind",
        "🦊 plum jam ".repeat(12).slice(0, 0) + [..."🦊é漢 plum-jam ".repeat(12)].slice(0, 128).join(""),
      ],
      ["eight characters beyond the basic plane", "🦊🐻🐼🐨🐯🦁🐮🐷"],
      ["no digit, no capital, no sign", "windowsill of plums"],
    ])("R45: a password of %s is taken, and logs in", async (_, password) => {
      const person = await app.signUp({ password });
      expect((await app.logIn(person)).user.id).toBe(person.user.id);
    });

    it.each([
      ["S20: no e-mail", { email: "" }, ["email"]],
      ["S20: an e-mail of blanks", { email: "   " }, ["email"]],
      ["no address", { email: "ada" }, ["email"]],
      ["two addresses", { email: "a@example.com, b@example.com" }, ["email"]],
      ["an address with a line break", { email: "a@example.com\nBcc: b@example.com" }, ["email"]],
      ["an address with a NUL", { email: "a\0@example.com" }, ["email"]],
      ["an address that is too long", { email: `${"a".repeat(250)}@example.com` }, ["email"]],
      ["an empty name", { name: "" }, ["name"]],
      ["a name of blanks", { name: "   " }, ["name"]],
      ["a name that nobody can see", { name: "\u200b\u200b" }, ["name"]],
      ["a name of 61 characters", { name: "🦊".repeat(61) }, ["name"]],
      ["a name with a line break", { name: "Ada\nLovelace" }, ["name"]],
      ["a name with half a character", { name: "Ada \ud83e" }, ["name"]],
      ["a password with a NUL", { password: "plum jam\0windowsill" }, ["password"]],
      ["a password with half a character", { password: "plum jam \udc00 windowsill" }, ["password"]],
      ["“remember me” as a word", { remember: "yes" }, ["remember"]],
    ])("%s is refused at its field, and nothing is stored", async (_, fault, path) => {
      const before = await accountsOf(app);
      const answer = await signUp(app.visitor(), somebody(fault));
      expect(answer.status).toBe(422);
      expect(answer.json.issues?.map((issue) => issue.path)).toEqual([path]);
      expect(await accountsOf(app)).toBe(before);
    });

    it("all faults are named at once", async () => {
      const answer = await signUp(app.visitor(), { name: " ", email: "ada", password: "" });
      expect(answer.json.issues?.map(({ path }) => path.join("."))).toEqual(["name", "email", "password"]);
    });

    it("a name of one character is a name, and so is one of sixty in any script", async () => {
      expect((await app.signUp({ name: "X" })).user.name).toBe("X");
      const long = "山".repeat(60);
      expect((await app.signUp({ name: ` ${long} ` })).user).toMatchObject({ name: long, store: null });
    });

    it.each([
      ["role", { role: "admin" }],
      ["id", { id: "1" }],
      ["emailVerified", { emailVerified: true }],
      ["disabledAt", { disabledAt: null }],
      ["passwordHash", { passwordHash: "x" }],
      ["store", { store: { handle: "new" } }],
      ["constructor", { constructor: { prototype: { role: "admin" } } }],
    ])("R52: the field %s is refused by its name", async (field, extra) => {
      const before = await accountsOf(app);
      const answer = await signUp(app.visitor(), somebody(extra));
      expect(answer.status).toBe(422);
      expect(answer.json.issues).toMatchObject([
        { path: [field], code: "unknown_field", message: "This field is not known" },
      ]);
      expect(await accountsOf(app)).toBe(before);
    });

    it("R52: __proto__ is refused, and changes nothing about anything", async () => {
      const before = await accountsOf(app);
      const body = JSON.stringify(somebody()).replace("{", '{"__proto__":{"remember":true,"role":"admin"},');
      const answer = await app
        .visitor()
        .post<Problem>("/api/auth/signup", { body, headers: { "Content-Type": "application/json" } });
      expect(answer.status).toBe(422);
      expect(answer.json.issues).toMatchObject([{ path: ["__proto__"], message: "This field is not known" }]);
      expect(({} as { role?: string }).role).toBeUndefined();
      expect(await accountsOf(app)).toBe(before);
    });

    it.each([
      ["an array for the e-mail", { email: ["a@example.com", "b@example.com"] }],
      ["an object for the e-mail", { email: { $ne: "" } }],
      ["an array for the password", { password: ["plum jam on the windowsill"] }],
      ["a number for the name", { name: 7 }],
      ["null for the name", { name: null }],
    ])("R52: %s is refused", async (_, fault) => {
      const before = await accountsOf(app);
      expect((await signUp(app.visitor(), somebody(fault))).status).toBe(422);
      expect(await accountsOf(app)).toBe(before);
    });

    it("R78: says neither password nor hash in any answer or log line", async () => {
      const password = `very ${store} secret windowsill`;
      const { client, user } = await app.signUp({ password });
      await signUp(app.visitor(), somebody({ password, email: "no address" }));
      expect(JSON.stringify(await client.get("/api/auth/session"))).not.toContain("secret windowsill");
      expect(app.logs.text).toContain(user.id);
      expect(app.logs.text).not.toContain("secret windowsill");
      expect(app.logs.text).not.toContain("$2b$");
      expect(app.logs.text).not.toContain(user.email);
    });
  });
});

describe.skipIf(!canRunOn("redis"))(named("signing up while the session store is down", "redis"), () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp({ sessions: "redis", limits: MANY });
  });
  afterAll(() => app.close());

  it.each([
    ["killed", () => app.redisFaults.kill()],
    ["stalled", async () => app.redisFaults.stall()],
  ] as const)(
    "R75: with Redis %s it answers 503 within a second, and makes no account and no cookie",
    async (_, fail) => {
      const person = somebody();
      const before = await accountsOf(app);
      await fail();
      const start = performance.now();
      const answer = await signUp(app.visitor(), person);
      expect(performance.now() - start).toBeLessThan(1000);
      expect(answer.status).toBe(503);
      expect(answer.json.code).toBe("session_store_unavailable");
      expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
      expect(answer.setCookies).toEqual([]);
      expect(await accountsOf(app)).toBe(before);

      await app.redisFaults.restore();
      await expect
        .poll(
          () =>
            app.dependencies.sessionStore.assertWritable().then(
              () => "well",
              () => "down",
            ),
          { timeout: 8000 },
        )
        .toBe("well");
      expect((await signUp(app.visitor(), person)).status).toBe(201);
    },
  );
});

describe.skipIf(!canRunOn("redis"))(named("signing up while Redis takes no writes", "redis"), () => {
  let redis: RedisUser;
  let app: TestApp;
  beforeEach(async () => {
    redis = await createRedisUser();
    // The demo must keep the data of its users, and stores its mails.
    app = await createTestApp({ sessions: "redis", redisUrl: redis.url, isLocalDemo: true });
  });
  afterEach(async () => {
    await app.close();
    await redis.remove();
  });

  it("R75: answers 503 before an account is made, and takes the same form once Redis takes writes", async () => {
    const hashing = vi.spyOn(app.dependencies.hasher, "hash");
    const person = somebody();
    const before = await dumpStoredData(app);
    await redis.refuseWrites();
    const answer = await signUp(app.visitor(), person);
    expect([answer.status, answer.json.code]).toEqual([503, "session_store_unavailable"]);
    expect(answer.setCookies).toEqual([]);
    expect(hashing).not.toHaveBeenCalled();
    expect(await dumpStoredData(app)).toBe(before);
    await redis.allowWrites();
    expect((await signUp(app.visitor(), person)).status).toBe(201);
  });

  it.each([
    ["is killed", () => app.redisFaults.kill()],
    ["stalls", async () => app.redisFaults.stall()],
    ["takes no more writes", () => redis.refuseWrites()],
  ] as const)(
    "R75: when Redis %s just after the account was made, takes it back with its mail, and the same form later",
    async (_, fail) => {
      const client = app.visitor();
      const person = somebody();
      const before = await inDatabase();
      const saving = holdCalls(app.dependencies.sessionStore, "set");
      const signingUp = signUp(client, person);
      await saving.arrived();
      expect(await mailsTo(person.email)).toBe(1);
      await fail();
      saving.open();
      const answer = await signingUp;
      expect([answer.status, answer.json.code]).toEqual([503, "session_store_unavailable"]);
      expect(answer.setCookies).toEqual([]);
      await Promise.all([app.redisFaults.restore(), redis.allowWrites()]);
      await expect.poll(async () => (await client.get("/readyz")).status, { timeout: 8000 }).toBe(200);
      expect(await inDatabase()).toBe(before);
      expect((await signUp(client, person)).status).toBe(201);
      expect(await mailsTo(person.email)).toBe(1);
    },
  );

  /**
   * Redis is not checked: it may still store the writes that it received before it stalled, under an id that no cookie
   * has.
   */
  const inDatabase = () =>
    dumpStoredData({ dependencies: app.dependencies, config: { ...app.config, redisUrl: null } });
  const mailsTo = (address: string) => app.dependencies.database.fork().count(MailEntity, { toAddress: address });
});

describe("signing up while the session can't be stored by a fault of ours", () => {
  it("takes the account back as well: in a closed shop the first person is still the first, and none is counted", async () => {
    const app = await createTestApp({
      sessions: "embedded",
      signupMode: "closed",
      limits: { signups: { max: 1, windowMs: 3_600_000 } },
    });
    const execute = (sql: string) => app.dependencies.database.fork().execute(sql);
    const person = somebody();
    const saving = holdCalls(app.dependencies.sessionStore, "set");
    const signingUp = signUp(app.visitor(), person);
    await saving.arrived();
    await execute("alter table sessions rename column record to lost");
    saving.open();
    expect((await signingUp).status).toBe(500);
    await execute("alter table sessions rename column lost to record");
    expect((await signUp(app.visitor(), person)).status).toBe(201);
    await app.close();
  });
});

describe("signing up while a table is missing", () => {
  it("R80: answers 500 with a number and nothing else, and nobody's data is in the log", async () => {
    const app = await createTestApp();
    await app.dependencies.database.fork().execute("alter table stores rename column handle to lost");
    const person = somebody();
    const answer = await signUp(app.visitor(), person);
    expect(answer.status).toBe(500);
    expect(answer.json).toEqual({
      type: "about:blank",
      title: "Something went wrong on our side",
      status: 500,
      code: "internal_error",
      requestId: answer.headers["x-request-id"],
    });
    expect(answer.setCookies).toEqual([]);
    expect(await accountsOf(app)).toBe(0);
    expect(app.logs.text).toMatch(/stores/);
    for (const secret of [person.password, person.email, "$2b$"]) expect(app.logs.text).not.toContain(secret);
    await app.close();
  });
});
