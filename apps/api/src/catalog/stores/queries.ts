import type { StoreRef } from "@yumroad/contract";
import type { Database, EntityManager } from "../../platform/db/database.ts";
import { readRows } from "../../platform/db/read-rows.ts";

export interface StoreInFull {
  id: string;
  handle: string;
  name: string;
}

export async function findStore(database: Database, handle: string): Promise<StoreInFull | null> {
  const [row] = await database.read<StoreInFull>("select id, handle, name from stores where handle = ?", [handle]);
  return row ?? null;
}

/** The store of a user, as sessions and pages show it; null: the user has no store. */
export async function findStoreOfOwner(em: EntityManager, ownerId: string): Promise<StoreRef | null> {
  const [row] = await readRows<StoreRef>(em, "select handle, name from stores where owner_id = ?", [ownerId]);
  return row ?? null;
}
