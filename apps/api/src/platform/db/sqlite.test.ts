import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { schema } from "../../entities.ts";
import { openSqlite } from "./sqlite.ts";

it("a transaction that reads before it writes is not refused because another process writes in between", async () => {
  const folder = temporaryFolder();
  const database = await openSqlite(folder.path, schema);
  await database.migrate();
  // A second connection, as an operator's command opens one beside the server.
  const other = new BetterSqlite(join(folder.path, "yumroad.db"), { timeout: 0 });
  const write = () => other.exec("insert into settings (key, value) values ('other', '1')");

  await database.fork().transactional(async (em) => {
    await em.execute("select * from settings");
    // The lock is taken, and this connection has no timeout.
    expect(write).toThrow("database is locked");
    await em.execute("insert into settings (key, value) values ('own', '1')");
  });
  write();
  expect(other.prepare("select count(*) as count from settings").get()).toEqual({ count: 2 });

  other.close();
  await database.close();
  folder.remove();
});

it("a transaction waits for another process that is writing, and this process goes on meanwhile", async () => {
  const folder = temporaryFolder();
  const database = await openSqlite(folder.path, schema);
  await database.migrate();
  const other = new BetterSqlite(join(folder.path, "yumroad.db"), { timeout: 0 });
  other.exec("begin immediate");

  // This process releases the lock: if waiting blocked it, the lock would stay.
  setTimeout(() => other.exec("commit"), 100);
  const startedAt = performance.now();
  await database.fork().transactional((em) => em.execute("insert into settings (key, value) values ('own', '1')"));
  expect(performance.now() - startedAt).toBeGreaterThan(90);
  expect(performance.now() - startedAt).toBeLessThan(2000);

  other.close();
  await database.close();
  folder.remove();
});
