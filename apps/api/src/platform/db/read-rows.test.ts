import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTemporaryDatabase, type TemporaryDatabase } from "../../../test/temporary-database.ts";
import { readRows } from "./read-rows.ts";

interface Row {
  id: string;
  createdAt: Date;
  sentAt: Date | null;
  attempts: number;
}

const SQL = `select id, created_at as "createdAt", sent_at as "sentAt", attempts from mails where attempts = ? order by id`;
const createdAt = new Date("2026-11-20T10:00:00.123Z");
const sentAt = new Date("2026-03-29T01:30:00Z");

describe("plain rows", () => {
  let database: TemporaryDatabase;
  beforeAll(async () => {
    database = await openTemporaryDatabase();
    const insert = `insert into mails (id, kind, to_address, subject, body, message_id, created_at, next_attempt_at, sent_at, attempts)
      values (?, 'k', 'a', 's', 'b', 'm', ?, ?, ?, 2)`;
    await database.fork().execute(insert, ["1", createdAt, createdAt, null]);
    await database.fork().execute(insert, ["2", createdAt, createdAt, sentAt]);
  });
  afterAll(() => database.close());

  const rows: Row[] = [
    { id: "1", createdAt, sentAt: null, attempts: 2 },
    { id: "2", createdAt, sentAt, attempts: 2 },
  ];

  it("have Dates for times, past the ORM and in a unit of work", async () => {
    expect(await database.read<Row>(SQL, [2])).toEqual(rows);
    expect(await readRows<Row>(database.fork(), SQL, [2])).toEqual(rows);
    expect(await database.read<Row>(SQL, [3])).toEqual([]);
    expect(await readRows<Row>(database.fork(), SQL, [3])).toEqual([]);
    const at = "select created_at as at from mails limit 1";
    expect(await database.read<{ at: Date }>(at, [])).toEqual([{ at: createdAt }]);
  });

  it("are seen in the transaction that has written them, and outside of it once it is over", async () => {
    await database.fork().transactional(async (em) => {
      await em.execute("update mails set attempts = 5 where id = '2'");
      expect(await readRows<Row>(em, SQL, [5])).toEqual([{ ...rows[1], attempts: 5 }]);
      expect(await database.read<Row>(SQL, [5])).toEqual([]);
      await em.execute("update mails set attempts = 2 where id = '2'");
    });
  });

  it("are not typed as anything but Dates where they name a time", async () => {
    // @ts-expect-error: a time is never a number.
    await readRows<{ createdAt: number }>(database.fork(), SQL, [2]);
    // @ts-expect-error: the same holds without the ORM.
    await database.read<{ sentAt: number | Date | null }>(SQL, [2]);
  });
});
