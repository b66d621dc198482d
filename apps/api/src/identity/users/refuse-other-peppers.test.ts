import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTemporaryDatabase, type TemporaryDatabase } from "../../../test/temporary-database.ts";
import { refuseOtherPeppers, WrongPepper } from "./refuse-other-peppers.ts";

let database: TemporaryDatabase;
beforeEach(async () => {
  database = await openTemporaryDatabase();
});
afterEach(() => database.close());

const start = (...fingerprints: string[]) => refuseOtherPeppers(database.fork(), fingerprints);

describe("R8: the pepper that a database's passwords were hashed with", () => {
  it("R8: is noted at the first start, and taken at every other", async () => {
    await start("former");
    await start("former");
    expect(await database.countOf("settings")).toBe(1);
  });

  it("R8: a start with another one is refused, with the mend, and leaves everything as it was", async () => {
    await start("former");
    const refusal = start("another");
    await expect(refusal).rejects.toBeInstanceOf(WrongPepper);
    await expect(refusal).rejects.toThrow(/fingerprint former.*PASSWORD_PEPPER=new,former/);
    await start("former");
  });

  it("R8: a rotation puts the new one in front; from then on the former one alone is refused", async () => {
    await start("former");
    await start("new", "former");
    await expect(start("former")).rejects.toBeInstanceOf(WrongPepper);
    await start("new");
  });
});
