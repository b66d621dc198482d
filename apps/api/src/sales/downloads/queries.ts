import { NEWEST_READY } from "../../catalog/contents/queries.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import { readRows } from "../../platform/db/read-rows.ts";

/** What a buyer may download of an order. */
export interface Downloadable {
  entitlementId: string;
  /** The newest version that is ready; null: there is none yet. */
  versionId: string | null;
  fileName: string | null;
}

/** Finds a file of an order. Null: the order gives no access to such a file. */
export async function findDownloadable(
  em: EntityManager,
  { orderId, contentId }: { orderId: string; contentId: string },
): Promise<Downloadable | null> {
  const sql = `select e.id as "entitlementId", v.id as "versionId", f.name as "fileName"
    from contents c
      join entitlements e on e.product_id = c.product_id and e.order_id = ? and e.ended_at is null
      left join content_versions v on v.content_id = c.id and v.version = (${NEWEST_READY})
      left join files f on f.id = v.file_id
    where c.id = ? and c.kind = 'file'`;
  const [row] = await readRows<Downloadable>(em, sql, [orderId, contentId]);
  return row ?? null;
}

/** A download, with the file that it is of. */
export interface DownloadInFull {
  id: string;
  entitlementId: string;
  createdAt: Date;
  begunAt: Date | null;
  usedAt: Date | null;
  entitlementEndedAt: Date | null;
  fileId: string;
  fileName: string;
  /** In bytes; a text on Postgres, as it is a `bigint`. */
  fileSize: number | string;
  sha256: string;
  versionAddedAt: Date;
}

/** Finds the download of a token. Null: there is none, or its file is gone. */
export async function findDownload(em: EntityManager, tokenHash: string): Promise<DownloadInFull | null> {
  const sql = `select d.id as "id", d.entitlement_id as "entitlementId", d.created_at as "createdAt",
      d.begun_at as "begunAt", d.used_at as "usedAt", e.ended_at as "entitlementEndedAt", f.id as "fileId",
      f.name as "fileName", f.size as "fileSize", f.sha256 as "sha256", v.created_at as "versionAddedAt"
    from downloads d join entitlements e on e.id = d.entitlement_id join content_versions v on v.id = d.version_id
      join files f on f.id = v.file_id
    where d.token_hash = ? and f.state = 'ready'`;
  const [row] = await readRows<DownloadInFull>(em, sql, [tokenHash]);
  return row ?? null;
}

/** How often files of an order were downloaded, and when one last was. A download in many parts counts once. */
export async function downloadsOf(em: EntityManager, orderId: string): Promise<{ count: number; lastAt: Date | null }> {
  const sql = `select count(d.begun_at) as "count", max(d.begun_at) as "lastAt"
    from downloads d join entitlements e on e.id = d.entitlement_id where e.order_id = ?`;
  const [row] = await readRows<{ count: number | string; lastAt: Date | null }>(em, sql, [orderId]);
  return { count: Number(row?.count ?? 0), lastAt: row?.lastAt ?? null };
}
