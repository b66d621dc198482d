import { schema } from "../src/entities.ts";
import { type Database, openDatabase } from "../src/platform/db/database.ts";
import { makeDatabasePlace } from "./database-place.ts";

export interface TemporaryDatabase extends Database {
  folder: string;
  /** How many rows a table has. */
  countOf(table: "users" | "stores" | "products" | "sessions" | "settings" | "mails"): Promise<number>;
}

/** An empty, migrated database of its own; `close` deletes it. */
export async function openTemporaryDatabase(): Promise<TemporaryDatabase> {
  const place = await makeDatabasePlace();
  const database = await openDatabase({ ...place, ...schema });
  await database.migrate();
  return {
    ...database,
    folder: place.folder,
    async countOf(table) {
      const [row] = await database
        .fork()
        .execute<{ count: number | string }[]>(`select count(*) as count from ${table}`);
      return Number(row?.count ?? 0);
    },
    async close() {
      await database.close();
      await place.remove();
    },
  };
}
