import type { Limits } from "../../config/limits.ts";
import type { Database } from "../../platform/db/database.ts";
import { readRows } from "../../platform/db/read-rows.ts";
import { extendContext } from "../../platform/http/context.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import type { Logger } from "../../platform/lib/logger.ts";
import type { MediaFolder } from "../../platform/storage/create-media-folder.ts";
import type { FileStorage } from "../../platform/storage/file-storage.ts";
import { FileEntity } from "../files/file.entity.ts";
import { PictureEntity } from "../pictures/picture.entity.ts";
import { finishUpload } from "./finish-upload.ts";
import { receivedOf } from "./queries.ts";
import { UploadEntity, type UploadRow } from "./upload.entity.ts";
import type { UploadLocker } from "./upload-locker.ts";

interface SweepParts {
  database: Database;
  clock: Clock;
  limits: Limits;
  fileStorage: FileStorage;
  uploadLocker: UploadLocker;
  mediaFolder: MediaFolder;
  logger: Logger;
}

/** Bytes without a row are left alone this long: their row may be about to be written. */
const ORPHAN_AFTER_MS = 60 * 60_000;
const DAY = 24 * 60 * 60_000;

/**
 * Finishes uploads whose page never did, deletes those that are too old, and deletes bytes that no row names: what a
 * process left that died between two steps, or what belonged to a product or an account that is gone.
 */
export async function sweepUploads(parts: SweepParts): Promise<void> {
  await sweepUnfinished(parts);
  await deleteUnused(parts);
  await deleteOrphans(parts);
}

async function sweepUnfinished(parts: SweepParts): Promise<void> {
  const { database, clock } = parts;
  const unfinished = await database.fork().find(UploadEntity, { finishedAt: null });
  for (const upload of unfinished) {
    // One that fails keeps no other waiting.
    await sweepOne(parts, upload).catch((error: Error) =>
      parts.logger.warn({ upload: upload.id, error: error.message }, "could not sweep an upload"),
    );
  }
  // A finished upload is kept for a page that asks for it once more.
  await database.fork().nativeDelete(UploadEntity, { finishedAt: { $lt: new Date(clock.now() - DAY) } });
}

/** Finishes an upload that is whole, and deletes one that is too old. */
async function sweepOne({ database, clock, ...parts }: SweepParts, upload: UploadRow): Promise<void> {
  const { fileStorage } = parts;
  const { id, size, expiresAt } = upload;
  const isWhole = (await receivedOf(fileStorage, id)) === size;
  const ctx = extendContext({ em: database.fork(), clock }, parts);
  if (isWhole && (await finishUpload(ctx, upload)) === "finished") return;
  if (expiresAt.getTime() > clock.now()) return;
  await database.fork().nativeDelete(UploadEntity, { id, finishedAt: null });
  await fileStorage.discardUpload(id);
}

/** Deletes files that nobody can have any more: neither a content nor a picture names them. */
async function deleteUnused({ database, fileStorage }: SweepParts): Promise<void> {
  const sql = `select f.id as "id" from files f where not exists (select 1 from content_versions v where v.file_id = f.id)
    and not exists (select 1 from pictures p where p.file_id = f.id)`;
  for (const { id } of await readRows<{ id: string }>(database.fork(), sql, [])) {
    await database.fork().nativeDelete(FileEntity, { id });
    await fileStorage.remove(id);
  }
}

async function deleteOrphans({ database, clock, fileStorage, mediaFolder }: SweepParts): Promise<void> {
  const before = clock.now() - ORPHAN_AFTER_MS;
  for (const kind of ["uploads", "files"] as const) {
    for await (const { id, changedAt } of fileStorage.list(kind)) {
      if (changedAt.getTime() > before || (await isKnown(database, id))) continue;
      await (kind === "files" ? fileStorage.remove(id) : fileStorage.discardUpload(id));
    }
  }
  for await (const { id, changedAt } of mediaFolder.list()) {
    const isShown = (await database.fork().count(PictureEntity, { id })) > 0;
    if (changedAt.getTime() <= before && !isShown) await mediaFolder.remove(id);
  }
}

async function isKnown(database: Database, id: string): Promise<boolean> {
  const em = database.fork();
  return (await em.count(UploadEntity, { id })) + (await em.count(FileEntity, { id })) > 0;
}
