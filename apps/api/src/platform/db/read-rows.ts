import type { EntityManager } from "./database.ts";

/** A row as `readRows` returns it. Columns called `at` or `…At` are times: Dates on both databases, or null. */
export type PlainRow<Row> = { [Name in keyof Row]: Name extends TimeName ? Date | null : unknown };

type TimeName = "at" | `${string}At`;

/**
 * Runs a query in a unit of work, within its transaction if there is one, and returns plain rows. A write with
 * `returning` works as well. Outside of a unit of work, `database.read` does the same at a fraction of the cost.
 *
 * @param sql Names each column in quotes as the property of the row: Postgres turns unquoted names to lower case.
 * @example
 * const sql = `select name, created_at as "createdAt" from stores where id = ?`;
 * const [store] = await readRows<{ name: string; createdAt: Date }>(em, sql, [id]);
 */
export async function readRows<Row extends PlainRow<Row>>(
  em: EntityManager,
  sql: string,
  values: readonly (string | number | Date | null)[],
): Promise<Row[]> {
  return withDates<Row>(await em.execute<Record<string, unknown>[]>(sql, [...values]));
}

/**
 * Turns the values of columns called `at` or `…At` into Dates, in place. The driver of SQLite returns milliseconds, the
 * driver of Postgres text.
 */
export function withDates<Row extends PlainRow<Row>>(rows: Record<string, unknown>[]): Row[] {
  const times = Object.keys(rows[0] ?? {}).filter(isTime);
  for (const name of times) {
    for (const row of rows) {
      const time = row[name] as number | string | null;
      if (time !== null) row[name] = new Date(time);
    }
  }
  return rows as Row[];
}

function isTime(name: string): name is TimeName {
  return name === "at" || name.endsWith("At");
}
