import { describe, expect, it } from "vitest";
import { postgresUrl } from "./services.ts";
import { createTestDatabase } from "./test-database.ts";

// Without Postgres, vitest leaves out the Postgres projects. This suite remains and names what is skipped.
describe.skipIf(postgresUrl === null)("all of it again on Postgres [needs Postgres]", () => {
  it("has a database of its own for each suite", async () => {
    const testDatabase = await createTestDatabase("postgres");
    expect(testDatabase.databaseUrl).toMatch(/yumroad_test_/);
    await testDatabase.remove();
  });
});
