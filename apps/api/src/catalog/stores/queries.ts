import type { StoreRef } from "@yumroad/contract";
import type { EntityManager } from "../../platform/db/database.ts";

export interface StoreInFull {
  id: string;
  handle: string;
  name: string;
}

export async function findStore(em: EntityManager, handle: string): Promise<StoreInFull | null> {
  const [row] = await em.execute<StoreInFull[]>("select id, handle, name from stores where handle = ?", [handle]);
  return row ?? null;
}

/** The store of a user, as sessions and pages show it; null for a user without one. */
export async function findStoreOfOwner(em: EntityManager, ownerId: string): Promise<StoreRef | null> {
  const [row] = await em.execute<StoreRef[]>("select handle, name from stores where owner_id = ?", [ownerId]);
  return row ? { handle: row.handle, name: row.name } : null;
}
