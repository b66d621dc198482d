import type { Database } from "../../platform/db/database.ts";
import { findStore } from "./queries.ts";

const STORE_PATH = /^\/@([a-z0-9-]{1,80})$/;

/**
 * The path of a store's page for a path with a former handle of the store; null for every other path. The path is made
 * of the handle in the database, never of the requested one.
 */
export async function movedStorePath(database: Database, path: string): Promise<string | null> {
  const handle = STORE_PATH.exec(path)?.[1];
  if (handle === undefined) return null;
  const store = await findStore(database, handle);
  return store === null || store.handle === handle ? null : `/@${store.handle}`;
}
