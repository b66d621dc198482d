import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { migrations as known } from "../migrations/index.ts";
import { DamagedArchive, type ReadTarEntry, readAll, readTar } from "../platform/lib/read-tar.ts";
import { DATA_FOLDER, DATABASE_FOLDER, MANIFEST, Manifest } from "./backup-manifest.ts";
import { CommandRefused } from "./user-commands.ts";

type Keep = (entry: Pick<ReadTarEntry, "name" | "content">) => Promise<void>;

/**
 * Reads a backup to its end, passes the content of each file to `keep`, and returns the manifest. Refuses a backup whose
 * files are not exactly those that its manifest lists, byte by byte, and one of a newer version.
 */
export async function readBackup(file: string, keep: Keep = discard): Promise<Manifest> {
  try {
    return await readEntries(file, keep);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new CommandRefused(`There is no file ${file}.`);
    if (error instanceof DamagedArchive || code.startsWith("Z_"))
      throw new CommandRefused(`${file} is damaged, or is no backup (${(error as Error).message}): use another one.`);
    throw error;
  }
}

async function readEntries(file: string, keep: Keep): Promise<Manifest> {
  const found: Manifest["files"] = {};
  let text: string | null = null;
  const source = createReadStream(file);
  const unpacked = createGunzip();
  source.on("error", (error) => unpacked.destroy(error));
  for await (const { name, size, content } of readTar(source.pipe(unpacked))) {
    if (text !== null) throw new DamagedArchive(`There is more after ${MANIFEST}`);
    if (name === MANIFEST) {
      text = (await readAll(content)).toString("utf8");
      continue;
    }
    if (!isSafeName(name) || Object.hasOwn(found, name)) throw new DamagedArchive(`It has a file called ${name}`);
    const hash = createHash("sha256");
    await keep({ name, content: hashed(content, hash) });
    found[name] = { size, sha256: hash.digest("hex") };
  }
  const manifest = readManifest(text);
  compare(found, manifest.files);
  return manifest;
}

/** False for a name that leads out of the folder: an archive can come from anywhere. */
function isSafeName(name: string): boolean {
  const folder = [DATABASE_FOLDER, DATA_FOLDER].find((folder) => name.startsWith(folder));
  const parts = name.slice(folder?.length).split("/");
  return folder !== undefined && !name.includes("\\") && !parts.some((part) => ["", ".", ".."].includes(part));
}

async function* hashed(content: AsyncIterable<Buffer>, hash: ReturnType<typeof createHash>): AsyncGenerator<Buffer> {
  for await (const piece of content) {
    hash.update(piece);
    yield piece;
  }
}

async function discard({ content }: Pick<ReadTarEntry, "content">): Promise<void> {
  for await (const _ of content);
}

function readManifest(text: string | null): Manifest {
  if (text === null) throw new DamagedArchive(`It has no ${MANIFEST}`);
  const manifest = Manifest.safeParse(parse(text));
  if (!manifest.success) throw new DamagedArchive(`Its ${MANIFEST} is not understood`);
  const names = known[manifest.data.database].map(({ name }) => name);
  const newer = manifest.data.migrations.filter((name) => !names.includes(name));
  if (newer.length > 0)
    throw new CommandRefused(
      `This backup is of a newer version (${manifest.data.version}, with ${newer.join(", ")}): get that version first.`,
    );
  return manifest.data;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function compare(found: Manifest["files"], listed: Manifest["files"]): void {
  for (const name of new Set([...Object.keys(found), ...Object.keys(listed)])) {
    const [is, was] = [found[name], listed[name]];
    if (is?.size !== was?.size || is?.sha256 !== was?.sha256)
      throw new DamagedArchive(`${name} is not as it was backed up`);
  }
}
