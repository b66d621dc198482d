import { chmodSync } from "node:fs";
import BetterSqlite from "better-sqlite3";

/**
 * Copies a SQLite file that is in use: the copy is the database of one moment, others go on reading and writing, and
 * deleted data is not in it. Empties the tables `emptied` in the copy, checks it, and returns the names of its migrations.
 */
export function copySqlite(file: string, copy: string, { emptied }: { emptied: readonly string[] }): string[] {
  const source = new BetterSqlite(file, { readonly: true, fileMustExist: true });
  try {
    source.prepare("vacuum into ?").run(copy);
  } finally {
    source.close();
  }
  chmodSync(copy, 0o600);
  const database = new BetterSqlite(copy, { fileMustExist: true });
  try {
    database.pragma("secure_delete = on");
    for (const table of emptied) database.exec(`delete from "${table}"`);
    const state = database.pragma("integrity_check(1)", { simple: true });
    if (state !== "ok") throw new Error(`The database is damaged: ${state}`);
    return database.prepare("select name from migrations order by id").pluck().all() as string[];
  } finally {
    database.close();
  }
}
