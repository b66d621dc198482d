import type { EntityManager } from "../../platform/db/database.ts";
import { findOwnStore, listFormerHandles } from "./queries.ts";

/** A user's store for their data export; empty if they have none. */
export async function exportStore(em: EntityManager, userId: string): Promise<object> {
  const found = await findOwnStore(em, userId);
  if (!found) return {};
  const { id: _, ...store } = found;
  return { ...store, formerHandles: await listFormerHandles(em, found) };
}
