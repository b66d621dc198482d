import { DataStore, ERRORS, Upload } from "@tus/server";
import type { FileStorage } from "../../platform/storage/file-storage.ts";
import { receivedOf } from "./queries.ts";
import type { UploadRow } from "./upload.entity.ts";

interface TusStoreOptions {
  fileStorage: FileStorage;
  /** Reads the upload's row; null: it is gone. */
  find(id: string): Promise<UploadRow | null>;
  /** Deletes the upload's row, and its bytes. */
  remove(id: string): Promise<void>;
}

/**
 * The uploads of one request, as `@tus/server` asks for them. The row says how long the file is, the stored bytes how
 * much of it is there: an offset is never acknowledged that is not on the disk.
 */
export class TusStore extends DataStore {
  readonly #options: TusStoreOptions;

  constructor(options: TusStoreOptions) {
    super();
    this.#options = options;
    this.extensions = ["creation", "termination"];
  }

  override async create(upload: Upload): Promise<Upload> {
    // `beginUpload` has made the row.
    return upload;
  }

  override async getUpload(id: string): Promise<Upload> {
    const { fileStorage, find } = this.#options;
    const row = await find(id);
    if (row === null) throw ERRORS.FILE_NOT_FOUND;
    const offset = row.finishedAt === null ? await receivedOf(fileStorage, id) : row.size;
    return new Upload({ id, size: row.size, offset, creation_date: row.createdAt.toISOString() });
  }

  override async remove(id: string): Promise<void> {
    await this.#options.remove(id);
  }
}
