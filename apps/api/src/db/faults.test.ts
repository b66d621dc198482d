import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databaseKind } from "../../test/database-place.ts";
import { canRunOn, createTestApp, named, type Person, type TestApp, whoIs } from "../../test/test-app.ts";
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
    "SQLITE_FULL",
    "SQLITE_IOERR_WRITE",
  ])("%s does", (code) => {
    expect(
      isDatabaseOutOfReach(Object.assign(new Error("wrapped"), { cause: Object.assign(new Error(), { code }) })),
    ).toBe(true);
  });

  it.each(["23505", "42P01", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_ERROR", undefined])("%s does not", (code) => {
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
});

describe.skipIf(databaseKind !== "sqlite")("a disk that is full", () => {
  it("503 for what would be written, reading goes on, nothing is half stored, and it recovers", async () => {
    const app = await createTestApp();
    const { client } = await app.signUp();
    const em = app.dependencies.database.fork();
    const [{ page_count: pages } = { page_count: 0 }] = await em.execute<{ page_count: number }[]>("pragma page_count");
    await em.execute(`pragma max_page_count = ${pages}`);
    const large = { ...product, description: "x ".repeat(4900) };
    const statuses: number[] = [];
    for (let round = 0; round < 5; round += 1)
      statuses.push((await client.post("/api/products", { json: large })).status);
    expect(statuses).toContain(503);
    expect(statuses.filter((status) => status !== 201 && status !== 503)).toEqual([]);
    const { json } = await app.visitor().get<{ items: unknown[] }>("/api/products?limit=100");
    expect(json.items).toHaveLength(statuses.filter((status) => status === 201).length);
    await em.execute("pragma max_page_count = 100000");
    expect((await client.post("/api/products", { json: large })).status).toBe(201);
    await app.close();
  });
});
