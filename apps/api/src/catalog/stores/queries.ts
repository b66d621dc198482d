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
