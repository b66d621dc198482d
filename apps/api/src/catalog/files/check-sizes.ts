import type { Database } from "../../platform/db/database.ts";
import type { Logger } from "../../platform/lib/logger.ts";
import type { FileStorage } from "../../platform/storage/file-storage.ts";
import { FileEntity } from "./file.entity.ts";

interface CheckSizesParts {
  database: Pick<Database, "fork">;
  fileStorage: FileStorage;
  logger: Logger;
}

/** Files that are looked at between two looks at whether the server stops. */
const PAGE = 500;

/**
 * Looks if the bytes of every file are there, by their number. A file that is missing or cut short is marked as damaged:
 * its seller sees it, and nobody downloads a part as the whole. One whose bytes are back is ready again.
 */
export async function checkSizes(
  { database, fileStorage, logger }: CheckSizesParts,
  isStopping: () => boolean,
): Promise<void> {
  let last = "";
  while (!isStopping()) {
    const states = ["ready", "damaged"] as const;
    const files = await database
      .fork()
      .find(FileEntity, { id: { $gt: last }, state: { $in: [...states] } }, { orderBy: { id: "asc" }, limit: PAGE });
    for (const { id, size, state } of files) {
      const found = (await fileStorage.sizeOf(id)) === size ? "ready" : "damaged";
      if (found === state) continue;
      await database.fork().nativeUpdate(FileEntity, { id, state }, { state: found });
      if (found === "damaged") logger.error({ event: "file_damaged", file: id }, "a file is missing or cut short");
    }
    if (files.length < PAGE) return;
    last = files.at(-1)?.id ?? "";
  }
}
