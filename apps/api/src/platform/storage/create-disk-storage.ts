import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, opendir, rename, rm, stat, statfs, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { FileStorage } from "./file-storage.ts";

/** Bytes that are read or written at once. */
const PIECE = 512 * 1024;
const ID = /^[0-9a-f-]{36}$/;

/**
 * Keeps files in two folders of `folder`: `uploads` for those on their way, `files` for those that are complete. Both are
 * on one file system, so that a complete upload is moved in one step.
 */
export async function createDiskStorage(folder: string): Promise<FileStorage> {
  const folders = { uploads: join(folder, "uploads"), files: join(folder, "files") };
  for (const path of Object.values(folders)) await mkdir(path, { recursive: true, mode: 0o700 });
  const uploadOf = (id: string) => join(folders.uploads, checked(id));
  const fileOf = (id: string) => join(folders.files, checked(id));

  return {
    async beginUpload(id) {
      await writeFile(uploadOf(id), "", { flag: "wx", mode: 0o600 });
    },
    receivedBytes: (id) => sizeAt(uploadOf(id)),
    async append(id, offset, content) {
      await pipeline(content, createWriteStream(uploadOf(id), { flags: "r+", start: offset, highWaterMark: PIECE }));
      return (await sizeAt(uploadOf(id))) ?? 0;
    },
    truncateUpload: (id, length) => truncate(uploadOf(id), length),
    async storeUpload(id) {
      if ((await sizeAt(uploadOf(id))) !== null) {
        await sync(uploadOf(id));
        await rename(uploadOf(id), fileOf(id)).catch(unlessMissing);
        await sync(folders.files);
      }
      return sizeAt(fileOf(id));
    },
    discardUpload: (id) => rm(uploadOf(id), { force: true }),

    sizeOf: (id) => sizeAt(fileOf(id)),
    read: (id) => createReadStream(fileOf(id), { highWaterMark: PIECE }),
    pathOf: fileOf,
    remove: (id) => rm(fileOf(id), { force: true }),

    async *list(kind) {
      for await (const { name } of await opendir(folders[kind])) {
        const found = ID.test(name) ? await stat(join(folders[kind], name)).catch(unlessMissing) : undefined;
        if (found) yield { id: name, changedAt: found.mtime };
      }
    },
    async freeBytes() {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    },
  };
}

/** Ids come from rows. One of another form would be a path that leads elsewhere. */
function checked(id: string): string {
  if (!ID.test(id)) throw new Error("Not the id of a file");
  return id;
}

async function sizeAt(path: string): Promise<number | null> {
  return (await stat(path).catch(unlessMissing))?.size ?? null;
}

/** Writes a file's bytes, or a folder's entries, to the disk itself. */
async function sync(path: string): Promise<void> {
  const handle = await open(path, "r").catch(unlessMissing);
  try {
    await handle?.sync();
  } finally {
    await handle?.close();
  }
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
