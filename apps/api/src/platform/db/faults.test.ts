import { randomUUID } from "node:crypto";
import type { Product } from "@yumroad/contract";
import type { Answer } from "@yumroad/testkit";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { dumpStoredData } from "../../../test/stored-data.ts";
import {
  canRunOn,
  createTestApp,
  GOOD_PASSWORD,
  named,
  type Person,
  type TestApp,
  whoIs,
} from "../../../test/test-app.ts";
import { databaseKind } from "../../../test/test-database.ts";
import { isDatabaseOutOfReach } from "./faults.ts";

const product = { name: "Listed in hard times", price: { amount: 100, currency: "EUR" } };

describe("what counts as out of reach", () => {
  it.each([
    "ECONNREFUSED",
    "ECONNRESET",
    "57P01",
    "57P03",
    "08006",
    "25006",
    "53300",
    "3D000",
    "28P01",
    "42P01",
    "SQLITE_FULL",
    "SQLITE_IOERR_WRITE",
  ])("%s does", (code) => {
    expect(
      isDatabaseOutOfReach(Object.assign(new Error("wrapped"), { cause: Object.assign(new Error(), { code }) })),
    ).toBe(true);
  });

  it.each(["23505", "42703", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_ERROR", undefined])("%s does not", (code) => {
    expect(isDatabaseOutOfReach(Object.assign(new Error("a fault of ours"), { code }))).toBe(false);
  });
});

describe.skipIf(databaseKind !== "postgres" || !canRunOn("redis"))(named("Postgres out of reach", "redis"), () => {
  let app: TestApp;
  let person: Person;
  beforeAll(async () => {
    app = await createTestApp({ sessions: "redis" });
    person = await app.signUp();
  });
  afterAll(() => app.close());

  it.each(["kill", "stall"] as const)(
    "after a %s: 503 for what needs it, the session goes on, and it comes back",
    async (fault) => {
      await app.databaseFaults[fault]();
      const refused = await person.client.post("/api/products", { json: product });
      expect(refused.status).toBe(503);
      expect(refused.json).toMatchObject({ code: "database_unavailable" });
      expect(refused.headers["retry-after"]).toMatch(/^\d+$/);
      expect((await app.visitor().get("/api/products")).status).toBe(503);
      expect((await whoIs(person.client))?.email).toBe(person.email);
      expect((await app.visitor().get("/readyz")).json).toMatchObject({
        checks: { database: "failing", sessions: "ok" },
      });
      await app.databaseFaults.restore();
      await expect.poll(async () => (await app.visitor().get("/readyz")).status, { timeout: 15_000 }).toBe(200);
      expect((await person.client.post("/api/products", { json: product })).status).toBe(201);
    },
    60_000,
  );

  it("restarted empty: 503 and not ready, the session goes on, and all is there when its data is put back", async () => {
    const listed = await person.client.post<Product>("/api/products", { json: product });
    const em = app.dependencies.database.fork();
    await em.execute("alter schema public rename to away");
    await em.execute("create schema public");
    for (const refused of [
      await person.client.post("/api/products", { json: product }),
      await app.visitor().get("/api/products"),
      await app.visitor().post("/api/auth/login", { json: { email: person.email, password: person.password } }),
    ]) {
      expect(refused.status).toBe(503);
      expect(refused.json).toMatchObject({ code: "database_unavailable" });
    }
    expect((await whoIs(person.client))?.email).toBe(person.email);
    expect((await app.visitor().get("/readyz")).json).toMatchObject({
      checks: { database: "failing", sessions: "ok" },
    });
    await em.execute("drop schema public");
    await em.execute("alter schema away rename to public");
    expect((await app.visitor().get("/readyz")).status).toBe(200);
    expect((await app.visitor().get(`/api/products/${listed.json.slug}`)).status).toBe(200);
  });
});

describe.skipIf(databaseKind !== "sqlite")("a disk that is full", () => {
  let app: TestApp;
  let person: Person;
  let execute: (sql: string) => Promise<Record<string, number>[]>;
  beforeEach(async () => {
    const plenty = { max: 1000, windowMs: 3_600_000 };
    app = await createTestApp({ sessions: "embedded", limits: { signups: plenty } });
    person = await app.signUp();
    const em = app.dependencies.database.fork();
    execute = (sql) => em.execute<Record<string, number>[]>(sql);
    const [{ page_count: pages } = {}] = await execute("pragma page_count");
    await execute(`pragma max_page_count = ${pages}`);
  });
  afterEach(() => app.close());

  const makeRoom = () => execute("pragma max_page_count = 100000");
  const logIn = () =>
    app.visitor().post("/api/auth/login", { json: { email: person.email, password: person.password } });
  const countOf = async (table: string) => Number((await execute(`select count(*) as count from ${table}`))[0]?.count);

  /** Repeats `ask` until the disk has been full a few times; checks each answer and counts them. */
  async function askUntilFull(ask: () => Promise<Answer>): Promise<{ done: number; refused: number }> {
    const tally = { done: 0, refused: 0 };
    while (tally.refused < 3) {
      const answer = await ask();
      if (answer.status < 300) {
        tally.done += 1;
        expect(tally.done).toBeLessThan(200);
        continue;
      }
      tally.refused += 1;
      expect(answer.status).toBe(503);
      expect(answer.json).toMatchObject({ code: "database_unavailable" });
      expect(answer.headers["retry-after"]).toMatch(/^\d+$/);
      expect(answer.setCookies).toEqual([]);
    }
    return tally;
  }

  it("503 for what would be written, reading goes on, nothing is half stored, and it recovers", async () => {
    const large = { ...product, description: "x ".repeat(4900) };
    const { done } = await askUntilFull(() => person.client.post("/api/products", { json: large }));
    const { json } = await app.visitor().get<{ items: unknown[] }>("/api/products?limit=100");
    expect(json.items).toHaveLength(done);
    await makeRoom();
    expect((await person.client.post("/api/products", { json: large })).status).toBe(201);
  });

  it.each([
    ["the account", 180, false],
    ["the session", 1, true],
  ])(
    "a sign-up with no room for %s makes neither, and the same form is taken once there is room",
    async (_, length, isFullOfSessions) => {
      if (isFullOfSessions) await askUntilFull(logIn);
      const sessions = await countOf("sessions");
      let form = { name: "Late", email: "", password: GOOD_PASSWORD };
      const { done } = await askUntilFull(() => {
        form = { ...form, email: `${"n".repeat(length)}${randomUUID()}@example.com` };
        return app.visitor().post("/api/auth/signup", { json: form });
      });
      expect(await countOf("users")).toBe(done + 1);
      expect(await countOf("sessions")).toBe(done + sessions);
      await makeRoom();
      expect((await app.visitor().post("/api/auth/signup", { json: form })).status).toBe(201);
    },
  );

  it("a log-in stores its session, or says that it could not, and who is in stays in and can log out", async () => {
    const { done } = await askUntilFull(logIn);
    expect(await countOf("sessions")).toBe(done + 1);
    const copy = person.client.twin();
    expect((await whoIs(copy))?.email).toBe(person.email);
    expect((await person.client.post("/api/auth/logout")).status).toBe(204);
    expect(await whoIs(copy)).toBeNull();
    await makeRoom();
    await app.logIn(person);
  });

  it("that takes not even a change: sign-up and log-in do nothing, and a log-out says what it could not do", async () => {
    await execute("pragma query_only = on");
    const before = await dumpStoredData(app);
    const form = { name: "Late", email: "late@example.com", password: GOOD_PASSWORD };
    const { done } = await askUntilFull(() => app.visitor().post("/api/auth/signup", { json: form }));
    expect([done, (await askUntilFull(logIn)).done]).toEqual([0, 0]);
    const copy = person.client.twin();
    const loggedOut = await person.client.post("/api/auth/logout");
    expect([loggedOut.status, loggedOut.json]).toEqual([
      503,
      expect.objectContaining({ code: "database_unavailable" }),
    ]);
    expect(await whoIs(person.client)).toBeNull();
    expect((await whoIs(copy))?.email).toBe(person.email);
    expect((await app.visitor().get("/readyz")).json).toMatchObject({ checks: { sessions: "failing" } });
    expect(await dumpStoredData(app)).toBe(before);
    await execute("pragma query_only = off");
    expect((await copy.post("/api/auth/logout")).status).toBe(204);
    expect((await app.visitor().post("/api/auth/signup", { json: form })).status).toBe(201);
  });
});
