import type { Database } from "../../platform/db/database.ts";
import type { Logger } from "../../platform/lib/logger.ts";
import type { FileStorage } from "../../platform/storage/file-storage.ts";
import { FileEntity } from "./file.entity.ts";

export interface DamageParts {
  database: Pick<Database, "fork">;
  fileStorage: FileStorage;
  logger: Logger;
}

/**
 * Looks if the bytes of a file are all there, by their number. If not, marks the file as damaged: its seller sees it, and
 * nobody downloads a part as the whole. Returns true if it is damaged.
 */
export async function findDamage(
  { database, fileStorage, logger }: DamageParts,
  { id, size }: { id: string; size: number },
): Promise<boolean> {
  if ((await fileStorage.sizeOf(id)) === size) return false;
  const marked = await database
    .fork()
    .nativeUpdate(FileEntity, { id, state: { $in: ["checking", "ready"] } }, { state: "damaged" });
  if (marked > 0) logger.error({ event: "file_damaged", file: id }, "a file is missing or cut short");
  return true;
}
