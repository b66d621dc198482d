import { afterEach, beforeEach, expect, it } from "vitest";
import { createTestDatabase, openOrm, type TestDatabase } from "../../test/test-database.ts";
import "../../test/temporary-database.ts";
import { schema } from "../entities.ts";
import { openDatabase } from "../platform/db/database.ts";

const BEFORE = "2026-12-03-payments-in-trouble";
const first = new Date("2026-11-18T10:00:00Z");
const second = new Date("2026-11-20T10:00:00Z");
const deletion = new Date("2026-12-04T10:00:00Z");

let testDatabase: TestDatabase;
beforeEach(async () => {
  testDatabase = await createTestDatabase();
});
afterEach(() => testDatabase.remove());

it("R65: an account that is to be deleted was asked for when its activity says so", async () => {
  const orm = await openOrm(testDatabase);
  await orm.migrator.up({ to: BEFORE });
  const em = orm.em.fork();
  for (const [id, deletionAt] of [
    ["asked-twice", deletion],
    ["kept", null],
  ]) {
    await em.execute(
      `insert into users (id, email, email_key, name, password_hash, deletion_at, created_at, updated_at)
       values (?, ?, ?, 'n', 'x', ?, ?, ?)`,
      [id, id, id, deletionAt, first, first],
    );
    for (const at of [first, second])
      await em.execute(
        "insert into activity (id, user_id, kind, at, device, address) values (?, ?, 'user_deletion_asked', ?, '', '')",
        [`${id}-${at.getTime()}`.slice(0, 36), id, at],
      );
  }
  await orm.close();
  const database = await openDatabase({ ...testDatabase, ...schema });
  await database.migrate();
  const sql = `select id, deletion_asked_at as "askedAt" from users order by id`;
  const rows = await database.read<{ id: string; askedAt: Date | null }>(sql, []);
  expect(rows).toEqual([
    { id: "asked-twice", askedAt: second },
    { id: "kept", askedAt: null },
  ]);
  await database.close();
});
