import { mkdir, opendir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** Pictures in the sizes that pages show. Anybody can have them; they can be made again from their originals. */
export interface MediaFolder {
  /** The folder itself, in which a child process writes. */
  path: string;
  /** Path of a file by its name: `<id>-640.webp`. */
  pathOf(name: string): string;
  /** Deletes all sizes of a picture. */
  remove(id: string): Promise<void>;
  /** The ids of all pictures, with the time of a file's last change. An id can come several times. */
  list(): AsyncIterable<{ id: string; changedAt: Date }>;
}

const NAME = /^([0-9a-f-]{36})-[\w.]+$/;

export async function createMediaFolder(dataDir: string): Promise<MediaFolder> {
  const path = join(dataDir, "media");
  await mkdir(path, { recursive: true, mode: 0o700 });

  async function* list() {
    for await (const { name } of await opendir(path)) {
      const [, id] = NAME.exec(name) ?? [];
      const found = id === undefined ? undefined : await stat(join(path, name)).catch(() => undefined);
      if (id !== undefined && found !== undefined) yield { id, name, changedAt: found.mtime };
    }
  }

  return {
    path,
    pathOf: (name) => join(path, name),
    async remove(id) {
      for await (const found of list()) if (found.id === id) await rm(join(path, found.name), { force: true });
    },
    list,
  };
}
