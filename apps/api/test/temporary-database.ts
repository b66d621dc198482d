import { schema } from "../src/entities.ts";
import { type Database, openDatabase } from "../src/platform/db/database.ts";
import { createTestDatabase } from "./test-database.ts";

export interface TemporaryDatabase extends Database {
  folder: string;
  /** Number of rows in a table. */
  countOf(
    table: "users" | "stores" | "products" | "sessions" | "settings" | "mails" | "orders" | "order_items",
  ): Promise<number>;
}

/** An empty, migrated database; `close` deletes it. */
export async function openTemporaryDatabase(): Promise<TemporaryDatabase> {
  const testDatabase = await createTestDatabase();
  const database = await openDatabase({ ...testDatabase, ...schema });
  await database.migrate();
  return {
    ...database,
    folder: testDatabase.folder,
    async countOf(table) {
      const [row] = await database
        .fork()
        .execute<{ count: number | string }[]>(`select count(*) as count from ${table}`);
      return Number(row?.count ?? 0);
    },
    async close() {
      await database.close();
      await testDatabase.remove();
    },
  };
}
