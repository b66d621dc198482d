import { describe, expect, it } from "vitest";
import { makeDatabasePlace } from "./database-place.ts";
import { postgresUrl } from "./services.ts";

// Without Postgres vitest leaves out the second run of every suite; this one stays behind to tell of it by name.
describe.skipIf(postgresUrl === null)("all of it again on Postgres [needs Postgres]", () => {
  it("has a database of its own for each suite", async () => {
    const place = await makeDatabasePlace("postgres");
    expect(place.databaseUrl).toMatch(/yumroad_test_/);
    await place.remove();
  });
});
