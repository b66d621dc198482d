import { execFile } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { race } from "@yumroad/testkit";
import BetterSqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, databaseKind, openOrm, type TestDatabase } from "../../test/test-database.ts";
import "../../test/temporary-database.ts";
import { schema } from "../entities.ts";
import { openDatabase } from "../platform/db/database.ts";

const run = promisify(execFile);
const databaseModule = join(import.meta.dirname, "../platform/db/database.ts");
const schemaModule = join(import.meta.dirname, "../entities.ts");

/** The search index and its triggers are written by hand: entities can't describe them. */
const OF_THE_SEARCH =
  /^(?:set names 'utf8';|drop (?:trigger|function|index|table)\b.*products?_(?:search|inserted|updated|deleted).*)$/;

let testDatabase: TestDatabase;
beforeEach(async () => {
  testDatabase = await createTestDatabase();
});
afterEach(() => testDatabase.remove());

/** Opens, migrates and closes in a process of its own, as another start of the server does. */
function migrateElsewhere() {
  const script = `
    import { openDatabase } from ${JSON.stringify(databaseModule)};
    import { schema } from ${JSON.stringify(schemaModule)};
    const testDatabase = ${JSON.stringify({ databaseUrl: testDatabase.databaseUrl, folder: testDatabase.folder })};
    const database = await openDatabase({ ...testDatabase, ...schema });
    process.stdout.write("opened");
    await database.migrate();
    await database.close();`;
  return run(process.execPath, ["--input-type=module", "-e", script], { cwd: import.meta.dirname });
}

/** Takes the lock as every version of this program does; the file and the number must never change. */
async function holdLock(): Promise<() => Promise<void>> {
  if (testDatabase.databaseUrl === null) {
    const lock = new BetterSqlite(join(testDatabase.folder, "migrate.lock.db"));
    lock.exec("begin exclusive");
    return async () => void lock.close();
  }
  const orm = await openOrm(testDatabase);
  const em = orm.em.fork();
  await em.begin();
  await em.execute("select pg_advisory_xact_lock(8671204)");
  return async () => {
    await em.rollback();
    await orm.close();
  };
}

async function schemaDifference(): Promise<string> {
  const orm = await openOrm(testDatabase);
  try {
    const difference = await orm.schema.getUpdateSchemaSQL();
    return difference
      .split("\n")
      .filter((line) => line !== "" && !OF_THE_SEARCH.test(line))
      .join("\n");
  } finally {
    await orm.close();
  }
}

describe("the migrations", () => {
  it("bring an empty database to exactly what the entities say", async () => {
    const database = await openDatabase({ ...testDatabase, ...schema });
    await database.migrate();
    await database.close();
    expect(await schemaDifference()).toBe("");
  });

  it("do nothing the second time, and keep what is there", async () => {
    const database = await openDatabase({ ...testDatabase, ...schema });
    await database.migrate();
    await database.fork().execute("insert into settings (key, value) values ('kept', 'yes')");
    await database.migrate();
    await database.close();
    const again = await openDatabase({ ...testDatabase, ...schema });
    await again.migrate();
    expect(await again.fork().execute("select value from settings where key = 'kept'")).toEqual([{ value: "yes" }]);
    await again.close();
  });

  it("wait while another process is at it, one of an older version as well", async () => {
    const release = await holdLock();
    const migrating = migrateElsewhere();
    await once(migrating.child.stdout as Readable, "data");
    await sleep(2000);
    expect(migrating.child.exitCode).toBeNull();
    await release();
    await migrating;
    expect(await schemaDifference()).toBe("");
  });

  it("wait for one another when several processes start at once", async () => {
    const starts = await race(3, migrateElsewhere);
    expect(starts.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled"]);
    const database = await openDatabase({ ...testDatabase, ...schema });
    const names = await database.fork().execute<{ name: string }[]>("select name from migrations");
    expect(new Set(names.map(({ name }) => name)).size).toBe(names.length);
    await database.close();
    expect(await schemaDifference()).toBe("");
  });
});

describe("the database", () => {
  const onSqlite = databaseKind === "sqlite" ? it : () => {};
  onSqlite("holds nobody up who writes while somebody else is reading", async () => {
    const database = await openDatabase({ ...testDatabase, ...schema });
    await database.migrate();
    const reader = new BetterSqlite(join(testDatabase.folder, "yumroad.db"), { readonly: true });
    reader.exec("begin");
    const count = () => reader.prepare("select count(*) as count from settings").get();
    expect(count()).toEqual({ count: 0 });
    await database.fork().execute("insert into settings (key, value) values ('written', 'meanwhile')");
    expect(count()).toEqual({ count: 0 });
    reader.exec("commit");
    expect(count()).toEqual({ count: 1 });
    reader.close();
    await database.close();
  });

  it("refuses what points nowhere: foreign keys are on", async () => {
    const database = await openDatabase({ ...testDatabase, ...schema });
    await database.migrate();
    const orphan = "insert into stores (id, owner_id, handle, name, created_at) values ('s', 'nobody', 'h', 'n', ?)";
    await expect(database.fork().execute(orphan, [new Date()])).rejects.toThrow(/foreign key/i);
    await database.close();
  });
});
