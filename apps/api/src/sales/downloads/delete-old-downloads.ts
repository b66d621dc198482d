import type { EntityManager } from "../../platform/db/database.ts";

interface OldDownloads {
  /** Downloads that were not used since then work no more. */
  notUsedSince: Date;
  /** Downloads that were begun are counted for the seller until they are as old as this. */
  begunBefore: Date;
}

/** Deletes downloads that were never begun, and those that are too old to be counted. */
export async function deleteOldDownloads(
  em: EntityManager,
  { notUsedSince, begunBefore }: OldDownloads,
): Promise<void> {
  await em.execute(
    "delete from downloads where (begun_at is null and created_at < ?) or (begun_at is not null and used_at < ?)",
    [notUsedSince, begunBefore],
  );
}

/**
 * Deletes versions of files that a newer one has replaced, once no download of them can go on. The files are deleted with
 * the last version that names them (`sweepUploads`).
 */
export async function deleteReplacedVersions(em: EntityManager, notUsedSince: Date): Promise<void> {
  await em.execute(
    `delete from content_versions where exists (
        select 1 from content_versions n join files f on f.id = n.file_id
        where n.content_id = content_versions.content_id and n.version > content_versions.version
          and f.state = 'ready' and f.checked_at < ?)
      and not exists (
        select 1 from downloads d where d.version_id = content_versions.id
          and coalesce(d.used_at, d.created_at) >= ?)`,
    [notUsedSince, notUsedSince],
  );
}
