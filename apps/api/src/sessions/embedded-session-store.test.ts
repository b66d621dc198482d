import { createClock } from "@yumroad/testkit";
import { describe, expect, it } from "vitest";
import { openTemporaryDatabase } from "../../test/temporary-database.ts";
import { limits } from "../limits.ts";
import { EmbeddedSessionStore } from "./embedded-session-store.ts";

describe("sessions in the database", () => {
  it("R75: are not said to be there when it is not", async () => {
    const database = await openTemporaryDatabase();
    const store = new EmbeddedSessionStore(database, { clock: createClock("2030-01-01T00:00:00Z"), limits });
    await store.ping();
    await database.close();
    await expect(store.ping()).rejects.toThrow();
  });
});
