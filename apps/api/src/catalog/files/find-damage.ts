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
 * Compares the stored number of a file's bytes with its size. If they differ, marks the file as damaged, so that its seller
 * sees it and nobody can download it. Returns true if the file is damaged.
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
