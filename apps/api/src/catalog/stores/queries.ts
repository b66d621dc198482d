import type { Store, StoreRef } from "@yumroad/contract";
import type { Database, EntityManager } from "../../platform/db/database.ts";
import { readRows } from "../../platform/db/read-rows.ts";

export interface StoreInFull extends Omit<Store, "bioHtml"> {
  id: string;
}

export interface OwnStoreInFull extends StoreInFull {
  payInstructions: string;
  endsAccessOnDispute: boolean;
  takenDownReason: string | null;
}

/** A handle that a store had before, and the time at which the store took it for the first time. */
export interface FormerHandle {
  handle: string;
  at: Date;
}

const IN_FULL = `s.id as "id", s.handle as "handle", s.name as "name", s.bio as "bio", s.legal_name as "legalName",
  s.legal_address as "legalAddress", s.contact_email as "contactEmail"`;

/**
 * Finds a public store by its present handle or a former one. Null: no store has the handle, or it is closed or taken
 * down.
 */
export async function findStore(database: Database, handle: string): Promise<StoreInFull | null> {
  const [row] = await database.read<StoreInFull>(
    `select ${IN_FULL} from store_handles h join stores s on s.id = h.store_id
     where h.handle = ? and s.closed_at is null and s.taken_down_at is null`,
    [handle],
  );
  return row ?? null;
}

/** The store of a user, as sessions and pages show it; null: the user has no store. */
export async function findStoreOfOwner(em: EntityManager, ownerId: string): Promise<StoreRef | null> {
  const [row] = await readRows<StoreRef>(em, "select handle, name from stores where owner_id = ?", [ownerId]);
  return row ?? null;
}

/** The store of a user with all that its owner may see; null: the user has no store. */
export async function findOwnStore(em: EntityManager, ownerId: string): Promise<OwnStoreInFull | null> {
  const sql = `select ${IN_FULL}, s.pay_instructions as "payInstructions", s.ends_access_on_dispute as "endsAccessOnDispute",
      s.taken_down_reason as "takenDownReason"
    from stores s where s.owner_id = ?`;
  type Row = Omit<OwnStoreInFull, "endsAccessOnDispute"> & { endsAccessOnDispute: boolean | number };
  const [row] = await readRows<Row>(em, sql, [ownerId]);
  // SQLite has numbers for booleans.
  return row ? { ...row, endsAccessOnDispute: Boolean(row.endsAccessOnDispute) } : null;
}

/** The handles that a store had before, the oldest first. A change of the handle limits how many there can be. */
export function listFormerHandles(em: EntityManager, { id, handle }: StoreInFull): Promise<FormerHandle[]> {
  return readRows<FormerHandle>(
    em,
    `select handle, created_at as "at" from store_handles where store_id = ? and handle <> ? order by created_at, handle`,
    [id, handle],
  );
}
