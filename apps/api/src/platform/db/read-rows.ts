import type { EntityManager } from "./database.ts";

/** A row as `readRows` returns it: a column called `at` or `…At` is a time, and a time is a Date on either database. */
export type PlainRow<Row> = { [Name in keyof Row]: Name extends TimeName ? Date | null : unknown };

type TimeName = "at" | `${string}At`;

/**
 * Reads plain rows within a unit of work and its transaction; also rows that a write returns. Outside of a unit of
 * work, `database.read` does the same at a fraction of the cost.
 *
 * @param sql Aliases columns in quotes with the row's property names: Postgres would fold them to lower case otherwise.
 * @example
 * const sql = `select name, created_at as "createdAt" from stores where id = ?`;
 * const [store] = await readRows<{ name: string; createdAt: Date }>(em, sql, [id]);
 */
export async function readRows<Row extends PlainRow<Row>>(
  em: EntityManager,
  sql: string,
  values: readonly (string | number)[],
): Promise<Row[]> {
  return withDates<Row>(await em.execute<Record<string, unknown>[]>(sql, [...values]));
}

/** Turns the times among the columns into Dates, in place. Drivers return milliseconds (SQLite) or text (Postgres). */
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
