import type { EntityManager } from "../../platform/db/database.ts";
import { readRows } from "../../platform/db/read-rows.ts";

/** A passkey as the queries of this file return it. */
export interface PasskeyRow {
  id: string;
  userId: string;
  credentialId: string;
  publicKey: string;
  transports: string[];
  isSynced: boolean;
  name: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

type RawRow = Omit<PasskeyRow, "transports" | "isSynced"> & { transports: string; isSynced: boolean | number };

const SELECT = `
  select id as "id", user_id as "userId", credential_id as "credentialId", public_key as "publicKey",
    transports as "transports", is_synced as "isSynced", name as "name", created_at as "createdAt",
    last_used_at as "lastUsedAt"
  from passkeys`;

export async function findPasskeyByCredential(em: EntityManager, credentialId: string): Promise<PasskeyRow | null> {
  const [row] = await readRows<RawRow>(em, `${SELECT} where credential_id = ?`, [credentialId]);
  return row ? fromRaw(row) : null;
}

export async function hasPasskey(em: EntityManager, userId: string, publicId: string): Promise<boolean> {
  const sql = "select 1 from passkeys where id = ? and user_id = ?";
  return (await readRows(em, sql, [publicId, userId])).length > 0;
}

/** A user's own passkeys, oldest first. */
export async function listPasskeysOf(em: EntityManager, userId: string): Promise<PasskeyRow[]> {
  const rows = await readRows<RawRow>(em, `${SELECT} where user_id = ? order by id`, [userId]);
  return rows.map(fromRaw);
}

function fromRaw(row: RawRow): PasskeyRow {
  return { ...row, transports: row.transports.split(",").filter(Boolean), isSynced: Boolean(row.isSynced) };
}
