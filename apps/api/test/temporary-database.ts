import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, openDatabase } from "../src/db/database.ts";

/** A folder that is gone after `remove`. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "yumroad-test-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export interface TemporaryDatabase extends Database {
  folder: string;
  /** How many rows a table has. */
  countOf(table: "users" | "stores" | "products" | "sessions" | "settings"): Promise<number>;
}

/** An empty, migrated database of its own; `close` deletes it. */
export async function openTemporaryDatabase(): Promise<TemporaryDatabase> {
  const folder = temporaryFolder();
  const database = await openDatabase(folder.path);
  await database.migrate();
  return {
    ...database,
    folder: folder.path,
    async countOf(table) {
      const [row] = await database.fork().execute<{ count: number }[]>(`select count(*) as count from ${table}`);
      return row?.count ?? 0;
    },
    async close() {
      await database.close();
      folder.remove();
    },
  };
}
