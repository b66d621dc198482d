import { createClock } from "@yumroad/testkit";
import { describe, expect, it } from "vitest";
import { openTemporaryDatabase } from "../../../test/temporary-database.ts";
import { databaseKind } from "../../../test/test-database.ts";
import { limits } from "../../config/limits.ts";
import { isDatabaseOutOfReach } from "../db/faults.ts";
import { EmbeddedSessionStore } from "./embedded-session-store.ts";

const clock = createClock("2030-01-01T00:00:00Z");

describe("sessions in the database", () => {
  it("R75: are not said to be there when it is not", async () => {
    const database = await openTemporaryDatabase();
    const store = new EmbeddedSessionStore(database, { clock, limits });
    await store.assertWritable();
    await database.close();
    await expect(store.assertWritable()).rejects.toThrow();
  });

  it("R75: are not said to be there when it can only be read", async () => {
    const database = await openTemporaryDatabase();
    const store = new EmbeddedSessionStore(database, { clock, limits });
    await database
      .fork()
      .execute(databaseKind === "sqlite" ? "pragma query_only = on" : "set default_transaction_read_only = on");
    await expect(store.assertWritable()).rejects.toSatisfy(isDatabaseOutOfReach);
    await database.close();
  });
});
